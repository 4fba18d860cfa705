using Microsoft.Extensions.Logging;
using Sampan.Client.Grpc;

namespace Sampan.Kubelet;

/// <summary>Work that is done again and again, whatever comes in its way: it is logged, and the next round tries again.</summary>
internal static class Periodically
{
    /// <param name="work">One round.</param>
    /// <param name="interval">How long to wait between two rounds.</param>
    /// <param name="failure">What could not be done, for the log.</param>
    /// <param name="time">The clock of the waits.</param>
    /// <param name="logger">Where failures are logged.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="onRound">Told after each round why it failed; null: it did not.</param>
    public static async Task RunAsync(
        Func<CancellationToken, Task> work, Func<TimeSpan> interval, string failure, TimeProvider time, ILogger logger, CancellationToken cancellationToken, Action<Exception?>? onRound = null)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await work(cancellationToken);
                onRound?.Invoke(null);
            }
            catch (Exception e) when (e is RpcException or IOException or UnauthorizedAccessException)
            {
                logger.LogWarning("{Failure}: {Error}", failure, e.Message);
                onRound?.Invoke(e);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                logger.LogError(e, "{Failure}", failure);
                onRound?.Invoke(e);
            }

            await Task.Delay(interval(), time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
