using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Pods;

/// <summary>Gives back what a pod held of the node, and then forgets it.</summary>
internal sealed class PodRemoval(PodServices services)
{
    /// <summary>Nothing of the pod runs any more: its volumes, groups and devices are free.</summary>
    public async Task ReleaseAsync(string uid, CancellationToken cancellationToken)
    {
        if (services.TouchesHost)
        {
            await services.Cgroups.RemoveAsync(uid, cancellationToken);
        }

        services.Objects.Forget(uid);
        services.Exclusive.Topology.Release(uid);
        await services.Volumes.TearDownAsync(uid, cancellationToken);
    }

    /// <summary>The pod leaves the node, and the API where that waits for it.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="isInApi">Whether the API still has it.</param>
    /// <param name="keepsContainers">Whether its ended containers and their logs stay.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task RemoveAsync(Pod pod, bool isInApi, bool keepsContainers, CancellationToken cancellationToken)
    {
        var uid = pod.Metadata.Uid;
        await services.Volumes.RemoveAsync(uid, cancellationToken);
        if (!keepsContainers)
        {
            await RemoveFromRuntimeAsync(uid, cancellationToken);
            RemoveLogs(pod);
        }

        if (isInApi && !pod.IsStatic())
        {
            await services.Statuses.DeleteAsync(pod, cancellationToken);
        }

        services.Statuses.Forget(uid);
        services.Metrics.Starts.Forget(uid);
        services.Images.Forget(uid);
        services.Allocations.Forget(uid);
        services.UserNamespaces.Forget(uid);
        services.CrashBackoff.Forget(uid + "/");
    }

    private async Task RemoveFromRuntimeAsync(string uid, CancellationToken cancellationToken)
    {
        var state = await services.Cache.RefreshAsync(uid, cancellationToken);
        foreach (var container in state.Containers)
        {
            await services.Runtime.RemoveContainerAsync(container.Id, cancellationToken);
            services.LogLinks.Remove(container);
        }

        foreach (var sandbox in state.Sandboxes)
        {
            await services.Runtime.StopPodSandboxAsync(sandbox.Id, cancellationToken);
            await services.Runtime.RemovePodSandboxAsync(sandbox.Id, cancellationToken);
        }

        await services.Cache.RefreshAsync(uid, cancellationToken);
    }

    private void RemoveLogs(Pod pod)
    {
        var logs = services.Paths.LogDirectory(pod);
        if (services.TouchesHost && Directory.Exists(logs))
        {
            Directory.Delete(logs, recursive: true);
        }
    }
}
