using Sampan.Client;

namespace Sampan.Scheduler.Tests;

/// <summary>An API server that answers nothing until it is told how to: with an exception.</summary>
internal sealed class SlowTransport : IApiTransport
{
    private readonly TaskCompletionSource<ApiResponse> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Fail(Exception e) => _answer.SetException(e);

    public Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancellationToken) => _answer.Task;

    public IAsyncEnumerable<ApiEvent> WatchAsync(ApiRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Stream> OpenAsync(ApiRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
