using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Client;
using ApiNode = Sampan.Api.Core.V1.Node;

namespace Sampan.Kubelet.Tests.Fakes;

/// <summary>An API server of one node, which keeps what it is told of it.</summary>
internal sealed class NodesApi : IApiTransport
{
    public ApiNode? Created { get; set; }

    /// <summary>The last patch of the node itself.</summary>
    public string? Patched { get; private set; }

    /// <summary>Of the status, in order.</summary>
    public ConcurrentQueue<JsonObject> Patches { get; } = new();

    public Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        switch (request.Content?.Value)
        {
            case null when Created is null:
                throw StatusException.NotFound(new("", "nodes"), "node");
            case ApiNode node:
                Created = node.DeepClone();
                break;
            case ReadOnlyMemory<byte> patch when request.Subresource == "status":
                Patches.Enqueue(JsonNode.Parse(patch.Span)!["status"]!.AsObject());
                break;
            case ReadOnlyMemory<byte> patch:
                Patched = Encoding.UTF8.GetString(patch.Span);
                break;
        }

        return Task.FromResult(new ApiResponse { Value = Created!.DeepClone() });
    }

    public async IAsyncEnumerable<ApiEvent> WatchAsync(ApiRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        yield break;
    }

    public Task<Stream> OpenAsync(ApiRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
