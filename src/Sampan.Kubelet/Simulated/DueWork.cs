using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Sampan.Api;
using Sampan.Client;

namespace Sampan.Kubelet.Simulated;

/// <summary>
/// Work for later: one timer for all of it, and a few workers that do what is due. Work that the API server refuses for
/// now is done again a little later.
/// </summary>
internal sealed class DueWork(int workers, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private readonly PriorityQueue<Func<CancellationToken, Task>, long> _later = new();
    private readonly Channel<Func<CancellationToken, Task>> _due = Channel.CreateUnbounded<Func<CancellationToken, Task>>();
    private readonly SemaphoreSlim _wake = new(0);

    public Task RunAsync(CancellationToken ct) =>
        Task.WhenAll([Task.Run(() => TurnAsync(ct), ct), .. Enumerable.Range(0, workers).Select(_ => Task.Run(() => WorkAsync(ct), ct))]);

    public void Add(TimeSpan delay, Func<CancellationToken, Task> work)
    {
        if (delay <= TimeSpan.Zero)
        {
            _due.Writer.TryWrite(work);
            return;
        }
        lock (_lock) _later.Enqueue(work, time.GetUtcNow().Add(delay).UtcTicks);
        if (_wake.CurrentCount == 0) _wake.Release();
    }

    private async Task TurnAsync(CancellationToken ct)
    {
        while (true)
        {
            if (MoveDue() == 0) await _wake.WaitAsync(ct);
            await Task.Delay(Tick, time, ct);
        }
    }

    /// <returns>How much is left for later.</returns>
    private int MoveDue()
    {
        var now = time.GetUtcNow().UtcTicks;
        lock (_lock)
        {
            while (_later.TryPeek(out var work, out var due) && due <= now)
            {
                _later.Dequeue();
                _due.Writer.TryWrite(work);
            }
            return _later.Count;
        }
    }

    private async Task WorkAsync(CancellationToken ct)
    {
        await foreach (var work in _due.Reader.ReadAllAsync(ct))
        {
            try
            {
                await work(ct);
            }
            catch (StatusException e) when (e.IsNotFound)
            {
                // What it was about is gone.
            }
            catch (Exception e) when (e is StatusException or ApiConnectionException)
            {
                if (e is not StatusException { IsConflict: true }) log.LogWarning("A write of a simulated node is done again: {Reason}", e.Message);
                Add(Retry, work);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "Work of a simulated node failed");
            }
        }
    }
}
