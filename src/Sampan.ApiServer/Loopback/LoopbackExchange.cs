using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Registry;
using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer.Loopback;

/// <summary>One request that entered the pipeline in memory: its typed body, and the shared objects that answer it.</summary>
internal sealed class LoopbackExchange(object? body)
{
    private readonly TaskCompletionSource<(CacheWatcher, ResourceDescriptor)> _watch = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The typed object that was sent; null when the body is bytes.</summary>
    public object? Body => body;

    public object? Value { get; private set; }

    public int StatusCode { get; private set; } = 200;

    public Status? Failure { get; private set; }

    /// <summary>The watcher, once the pipeline has let the watch through.</summary>
    public Task<(CacheWatcher Watcher, ResourceDescriptor Resource)> Watch => _watch.Task;

    public void Answer(object value, int code = 200) => (Value, StatusCode) = (value, code);

    public void Fail(Status status)
    {
        (Failure, StatusCode) = (status, status.Code);
        _watch.TrySetException(new Api.StatusException(status));
    }

    /// <summary>
    /// Hands the watch over and waits until its reader has enough or the server stops, so that it counts as a running request.
    /// </summary>
    public async Task ServeAsync(CacheWatcher watcher, ResourceDescriptor resource, CancellationToken cancelled)
    {
        _watch.TrySetResult((watcher, resource));
        await _finished.Task.WaitAsync(cancelled).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Finish()
    {
        _watch.TrySetCanceled();
        _finished.TrySetResult();
    }
}
