using Microsoft.Extensions.Logging;
using Sampan.Client.Grpc;

namespace Sampan.Kubelet.Runtime;

/// <summary>Removes ended containers, and their logs, beyond what is kept.</summary>
internal sealed class ContainerCollector(DeadContainers kept, RuntimeCache cache, IContainerRuntime runtime, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    public Task RunAsync(CancellationToken cancellationToken) =>
        Periodically.RunAsync(CollectAsync, () => Interval, "Removing ended containers", time, logger, cancellationToken);

    public async Task CollectAsync(CancellationToken cancellationToken)
    {
        var changed = new HashSet<string>();
        foreach (var container in kept.Excess(cache.All, time.GetUtcNow()))
        {
            try
            {
                await runtime.RemoveContainerAsync(container.Id, cancellationToken);
                changed.Add(container.Labels[RuntimeLabels.PodUid]);
            }
            catch (RpcException e)
            {
                logger.LogWarning("The ended container {Container} could not be removed: {Error}", container.Id, e.Message);
                continue;
            }

            if (container.LogPath.Length > 0 && File.Exists(container.LogPath))
            {
                File.Delete(container.LogPath);
            }
        }

        foreach (var uid in changed)
        {
            await cache.RefreshAsync(uid, cancellationToken);
        }
    }
}
