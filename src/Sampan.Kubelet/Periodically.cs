using Microsoft.Extensions.Logging;
using Sampan.Client.Grpc;

namespace Sampan.Kubelet;

/// <summary>Work that is done again and again. What the runtime or a disk says against it is logged, and the next round tries again.</summary>
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
            catch (Exception e) when (e is RpcException or IOException)
            {
                logger.LogWarning("{Failure}: {Error}", failure, e.Message);
            }

            await Task.Delay(interval(), time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
