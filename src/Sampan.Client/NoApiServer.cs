using System.Runtime.CompilerServices;
using System.Text;

namespace Sampan.Client;

/// <summary>
/// What a node without a cluster has in the place of an API server: there is nothing, nothing changes, and nobody hears what is told.
/// </summary>
public sealed class NoApiServer : IApiTransport
{
    private static readonly byte[] Nothing = Encoding.UTF8.GetBytes("""{"metadata":{"resourceVersion":"1"},"items":[]}""");

    public Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancellationToken) => request.Verb switch
    {
        ApiVerbs.List => Task.FromResult(new ApiResponse { Body = Nothing }),
        ApiVerbs.Create when request.Content is { Value: { } told } => Task.FromResult(new ApiResponse { Value = told }),
        _ => throw NotFound(request),
    };

    public async IAsyncEnumerable<ApiEvent> WatchAsync(ApiRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        yield break;
    }

    public Task<Stream> OpenAsync(ApiRequest request, CancellationToken cancellationToken) => throw NotFound(request);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static StatusException NotFound(ApiRequest request) => StatusException.NotFound(new(request.Resource.Group, request.Resource.Resource), request.Name ?? "");
}
