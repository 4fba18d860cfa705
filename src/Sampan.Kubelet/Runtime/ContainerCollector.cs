using Microsoft.Extensions.Logging;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Events;
using Sampan.Kubelet.Logs;

namespace Sampan.Kubelet.Runtime;

/// <summary>Removes ended containers, and their logs, beyond what is kept, and sandboxes that have been replaced.</summary>
internal sealed class ContainerCollector(DeadContainers kept, RuntimeCache cache, IContainerRuntime runtime, LogLinks links, IPodEvents events, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    public Task RunAsync(CancellationToken cancellationToken) =>
        Periodically.RunAsync(CollectAsync, () => Interval, "Removing ended containers", time, logger, cancellationToken, Tell);

    public Task CollectAsync(CancellationToken cancellationToken) => CollectAsync(_ => false, cancellationToken);

    /// <summary>As usual, and of pods that are over everything: the disk is needed.</summary>
    public Task DeleteUnusedAsync(Func<string, bool> isOver, CancellationToken cancellationToken) => CollectAsync(isOver, cancellationToken);

    private void Tell(Exception? failure)
    {
        if (failure is not null)
        {
            events.Node(EventReasons.Warning, EventReasons.ContainerGcFailed, failure.Message);
        }
    }

    private async Task CollectAsync(Func<string, bool> isOver, CancellationToken cancellationToken)
    {
        var pods = cache.All.ToLookup(pod => isOver(pod.Uid));
        var changed = new HashSet<string>();
        foreach (var container in kept.Excess(pods[false], time.GetUtcNow()).Concat(pods[true].SelectMany(pod => pod.Containers.Except(pod.Running))))
        {
            if (await TryAsync(container.Id, () => RemoveAsync(container, cancellationToken)))
            {
                changed.Add(container.Labels[RuntimeLabels.PodUid]);
                new LogFiles(container.LogPath, maxFiles: 0).Delete();
                links.Remove(container);
            }
        }

        foreach (var (pod, sandbox) in cache.All.SelectMany(Replaced).ToList())
        {
            await TryAsync(sandbox, async () =>
            {
                await runtime.StopPodSandboxAsync(sandbox, cancellationToken);
                await runtime.RemovePodSandboxAsync(sandbox, cancellationToken);
            });
            changed.Add(pod);
        }

        foreach (var uid in changed)
        {
            await cache.RefreshAsync(uid, cancellationToken);
        }
    }

    /// <summary>Older sandboxes in which there is nothing any more.</summary>
    private static IEnumerable<(string Pod, string Sandbox)> Replaced(PodRuntimeState pod) => pod.Sandboxes.Skip(1)
        .Where(s => s.State != Cri.PodSandboxState.SandboxReady && !pod.SandboxOf.Values.Contains(s.Id))
        .Select(s => (pod.Uid, s.Id));

    /// <summary>One of which the runtime knows nothing may run still.</summary>
    private async Task RemoveAsync(Cri.ContainerStatus container, CancellationToken cancellationToken)
    {
        if (container.State == Cri.ContainerState.ContainerUnknown)
        {
            await runtime.StopContainerAsync(container.Id, TimeSpan.Zero, cancellationToken);
        }

        await runtime.RemoveContainerAsync(container.Id, cancellationToken);
    }

    private async Task<bool> TryAsync(string id, Func<Task> remove)
    {
        try
        {
            await remove();
            return true;
        }
        catch (RpcException e)
        {
            logger.LogWarning("What ended could not be removed, {Id}: {Error}", id, e.Message);
            return false;
        }
    }
}
