using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Sampan.Api;
using Sampan.Client;

namespace Sampan.Kubelet.Tests.Fakes;

/// <summary>An API server that only deletes ResourceSlices, and remembers which.</summary>
internal sealed class SlicesApi : IApiTransport
{
    /// <summary>The field selectors, in order.</summary>
    public ConcurrentQueue<string> Deleted { get; } = new();

    /// <summary>What it answers instead; null where it deletes.</summary>
    public StatusException? Failure { get; set; }

    public Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        Assert.Equal((ApiVerbs.DeleteCollection, "resourceslices"), (request.Verb, request.Resource.Resource));
        if (Failure is { } failure)
        {
            throw failure;
        }

        Deleted.Enqueue(request.Query.Single(q => q.Key == "fieldSelector").Value);
        return Task.FromResult(new ApiResponse());
    }

    public async IAsyncEnumerable<ApiEvent> WatchAsync(ApiRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        yield break;
    }

    public Task<Stream> OpenAsync(ApiRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
