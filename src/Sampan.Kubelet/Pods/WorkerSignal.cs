using System.Threading.Channels;

namespace Sampan.Kubelet.Pods;

/// <summary>Wakes a pod's worker when there is something to see, and interrupts the step that it is at.</summary>
internal sealed class WorkerSignal(TimeProvider time)
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(1);
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private CancellationTokenSource _step = new();

    /// <summary>Something the worker looks at has changed.</summary>
    public void Poke() => _changes.Writer.TryWrite(true);

    /// <returns>What is cancelled when this step is interrupted, or when the kubelet ends.</returns>
    public CancellationToken BeginStep(CancellationToken cancellationToken)
    {
        var fresh = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Interlocked.Exchange(ref _step, fresh).Dispose();
        return fresh.Token;
    }

    public void Interrupt()
    {
        try
        {
            Volatile.Read(ref _step).Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The step ended just now; the next one sees the change anyway.
        }
    }

    /// <summary>Waits for a change, but no longer than this.</summary>
    public async Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(wait > TimeSpan.Zero ? wait : Soon, time);
        using var joined = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            await _changes.Reader.ReadAsync(joined.Token);
        }
        catch (OperationCanceledException)
        {
            // Time is up, or the kubelet ends.
        }
    }
}
