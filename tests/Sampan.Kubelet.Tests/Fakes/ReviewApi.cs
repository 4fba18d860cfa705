using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Sampan.Api.Authentication.V1;
using Sampan.Api.Authorization.V1;
using Sampan.Client;

namespace Sampan.Kubelet.Tests.Fakes;

/// <summary>An API server that only says whose a token is and what users may do.</summary>
internal sealed class ReviewApi : IApiTransport
{
    /// <summary>From a token to its user.</summary>
    public Dictionary<string, string> Tokens { get; } = [];

    /// <summary>As <c>user verb subresource</c>.</summary>
    public HashSet<string> Allowed { get; } = [];

    public ConcurrentQueue<string> Asked { get; } = new();

    public Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(new ApiResponse { Value = Answer(request.Content!.Value) });

    public async IAsyncEnumerable<ApiEvent> WatchAsync(ApiRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        yield break;
    }

    public Task<Stream> OpenAsync(ApiRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private object Answer(object content)
    {
        switch (content)
        {
            case TokenReview token:
                Asked.Enqueue($"token {token.Spec.Token}");
                var known = Tokens.TryGetValue(token.Spec.Token ?? "", out var user);
                return new TokenReview { Status = new() { Authenticated = known, User = new() { Username = user, Groups = ["system:authenticated"] } } };
            case SubjectAccessReview access:
                var wanted = $"{access.Spec.User} {access.Spec.ResourceAttributes!.Verb} {access.Spec.ResourceAttributes.Subresource}";
                Asked.Enqueue(wanted);
                return new SubjectAccessReview { Status = new() { Allowed = Allowed.Contains(wanted) } };
            default:
                throw new NotSupportedException(content.GetType().Name);
        }
    }
}
