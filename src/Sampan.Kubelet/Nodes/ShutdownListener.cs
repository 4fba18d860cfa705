using Microsoft.Extensions.Logging;

namespace Sampan.Kubelet.Nodes;

/// <summary>
/// Has the machine's shutdown wait until the pods have ended in their order.
/// <code>
/// ask for the delay ► the machine goes down ► pods end, group after group ► give the delay back
/// </code>
/// </summary>
internal sealed class ShutdownListener(IShutdownManager manager, NodeShutdown shutdown, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Reload = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await EnsureDelayAsync(cancellationToken);
                await ListenAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (IOException e)
            {
                logger.LogWarning("The machine's shutdown does not wait for pods: {Error}", e.Message);
            }

            await Task.Delay(Retry, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The delay has to be as long as all groups of pods together may take.</summary>
    private async Task EnsureDelayAsync(CancellationToken cancellationToken)
    {
        if (await manager.LongestDelayAsync(cancellationToken) >= shutdown.Needed)
        {
            return;
        }

        await manager.SetLongestDelayAsync(shutdown.Needed, cancellationToken);
        var since = time.GetTimestamp();
        while (await manager.LongestDelayAsync(cancellationToken) is var delay && delay < shutdown.Needed)
        {
            if (time.GetElapsedTime(since) > Reload)
            {
                throw new IOException($"it waits for {delay.TotalSeconds:0} seconds at most, and would not be told to wait for {shutdown.Needed.TotalSeconds:0}");
            }

            await Task.Delay(Look, time, cancellationToken);
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        var delay = manager.Delay();
        try
        {
            await foreach (var isGoingDown in manager.WatchAsync(cancellationToken))
            {
                if (isGoingDown)
                {
                    await shutdown.RunAsync(cancellationToken);
                    delay.Dispose();
                }
                else
                {
                    shutdown.Cancel();
                    delay.Dispose();
                    delay = manager.Delay();
                }
            }
        }
        finally
        {
            delay.Dispose();
        }
    }
}
