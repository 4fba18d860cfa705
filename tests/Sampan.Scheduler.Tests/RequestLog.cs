using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Sampan.Api.Core.V1;
using Sampan.Client;

namespace Sampan.Scheduler.Tests;

/// <summary>An API server that says yes to everything but what it is told to fail, and remembers what it was asked.</summary>
internal sealed class RequestLog : IApiTransport
{
    /// <summary>The reason of an event after which no other comes.</summary>
    public const string Last = "Last";

    private readonly ConcurrentQueue<ApiRequest> _all = new();
    private readonly TaskCompletionSource _last = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task LastEvent => _last.Task;

    /// <summary>The exception with which a request ends; null: it succeeds.</summary>
    public Func<ApiRequest, Exception?> Failing { get; set; } = _ => null;

    public IReadOnlyList<Event> Events => [.. _all.Select(request => request.Content?.Value).OfType<Event>().Where(e => e.Reason != Last)];

    /// <summary>The requests about pods, as "verb name/subresource".</summary>
    public IReadOnlyList<string> Pods => [.. _all.Where(IsOfPod).Select(Text)];

    public JsonNode Patch(string pod) => JsonNode.Parse(((ReadOnlyMemory<byte>)_all.Single(request => IsOfPod(request) && request.Verb == ApiVerbs.Patch && request.Name == pod).Content!.Value).Span)!;

    public Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        _all.Enqueue(request);
        if (request.Content?.Value is Event { Reason: Last }) _last.TrySetResult();
        if (Failing(request) is { } failure) return Task.FromException<ApiResponse>(failure);
        return Task.FromResult(new ApiResponse { Value = IsOfPod(request) ? new Pod() : request.Content?.Value });
    }

    public IAsyncEnumerable<ApiEvent> WatchAsync(ApiRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Stream> OpenAsync(ApiRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static bool IsOfPod(ApiRequest request) => request.Resource.Resource == "pods";

    private static string Text(ApiRequest request) => $"{request.Verb} {request.Name}{(request.Subresource is null ? "" : "/" + request.Subresource)}";
}
