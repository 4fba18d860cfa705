using Microsoft.Extensions.Logging;
using Sampan.Client.Grpc;

namespace Sampan.Kubelet;

/// <summary>Work that is done again and again, whatever comes in its way: it is logged, and the next round tries again.</summary>
internal static class Periodically
{
    public static async Task RunAsync(
        Func<CancellationToken, Task> work, Func<TimeSpan> interval, string failure, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await work(cancellationToken);
            }
            catch (Exception e) when (e is RpcException or IOException or UnauthorizedAccessException)
            {
                logger.LogWarning("{Failure}: {Error}", failure, e.Message);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                logger.LogError(e, "{Failure}", failure);
            }

            await Task.Delay(interval(), time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
