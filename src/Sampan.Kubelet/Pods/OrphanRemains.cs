using Sampan.Api.Core.V1;
using Sampan.Kubelet.Claims;
using Sampan.Kubelet.Runtime;
using Sampan.Kubelet.Volumes;

namespace Sampan.Kubelet.Pods;

/// <summary>What is left on the node of pods that nobody knows any more: containers, volumes, groups, logs, claims.</summary>
internal sealed class OrphanRemains(PodServices services)
{
    /// <summary>Why each of them could not be removed, in the last round and in this one: it is said when it is new.</summary>
    private Dictionary<string, string> _before = [];
    private Dictionary<string, string> _failures = [];

    /// <summary>As much of a pod as its containers' labels tell; enough to end it.</summary>
    public static Pod Restore(PodRuntimeState state)
    {
        var pod = new Pod();
        pod.Metadata.Uid = state.Uid;
        pod.Metadata.Name = state.Name;
        pod.Metadata.Namespace = state.Namespace;
        foreach (var container in state.Containers.DistinctBy(c => c.Metadata.Name))
        {
            pod.Spec.Containers.Add(ContainerRecord.Read(container));
            pod.Spec.TerminationGracePeriodSeconds ??= ContainerRecord.GracePeriodOf(container);
        }

        return pod;
    }

    /// <summary>
    /// Removes files and groups, and gives claims back; what does not succeed now is tried again with the next round. Claims come
    /// last: a driver that does not answer holds nothing else up.
    /// </summary>
    /// <param name="isKnown">Whether somebody has the pod with this UID still.</param>
    /// <param name="cancellationToken">Ends the round.</param>
    public async Task RemoveAsync(Func<string, bool> isKnown, CancellationToken cancellationToken)
    {
        (_before, _failures) = (_failures, []);
        if (services.TouchesHost)
        {
            await RemoveFromHostAsync(isKnown, cancellationToken);
        }

        await ReturnClaimsAsync(isKnown, cancellationToken);
    }

    private async Task RemoveFromHostAsync(Func<string, bool> isKnown, CancellationToken cancellationToken)
    {
        var directories = Directory.Exists(services.Paths.Pods) ? Directory.GetDirectories(services.Paths.Pods).Select(d => Path.GetFileName(d)) : [];
        var (tried, failed) = (0, 0);
        foreach (var uid in directories.Concat(services.Cgroups.Pods()).Distinct().Where(uid => !isKnown(uid)).ToList())
        {
            tried++;
            failed += await TryAsync(uid, () => RemoveAsync(uid, cancellationToken)) ? 0 : 1;
        }

        services.Metrics.OrphansSwept(tried, failed);
        await RemoveStrayLogsAsync(isKnown, cancellationToken);
        await TryAsync("volumes that no pod holds", () => services.Volumes.CollectAsync(cancellationToken));
    }

    /// <summary>Those that pods had whose record vanished while the kubelet was down: no worker gives them back.</summary>
    private async Task ReturnClaimsAsync(Func<string, bool> isKnown, CancellationToken cancellationToken)
    {
        foreach (var claim in services.Claims.Claims.Where(c => !c.Pods.All(isKnown)))
        {
            await TryAsync($"claim {claim.Namespace}/{claim.Name}", () => services.Claims.RetainAsync(claim.Uid, isKnown, cancellationToken));
        }
    }

    private async Task RemoveAsync(string uid, CancellationToken cancellationToken)
    {
        await services.Volumes.RemoveAsync(uid, cancellationToken);
        await services.Cgroups.RemoveAsync(uid, cancellationToken);
    }

    private async Task RemoveStrayLogsAsync(Func<string, bool> isKnown, CancellationToken cancellationToken)
    {
        var stray = StrayLogs(isKnown);
        foreach (var logs in stray)
        {
            await TryAsync(logs, () => Task.Run(() => Directory.Delete(logs, recursive: true), cancellationToken));
        }

        if (stray.Count > 0)
        {
            services.LogLinks.Sweep();
        }
    }

    /// <summary>Directories of logs of pods that nobody knows any more: <c>NAMESPACE_NAME_UID</c>.</summary>
    private List<string> StrayLogs(Func<string, bool> isKnown) => !Directory.Exists(services.Paths.Logs) ? [] : [.. Directory.GetDirectories(services.Paths.Logs)
        .Where(directory => Path.GetFileName(directory).Split('_') is [_, _, var uid] && !isKnown(uid))];

    private async Task<bool> TryAsync(string what, Func<Task> action)
    {
        try
        {
            await action();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or VolumeFailure or ClaimException or Client.Grpc.RpcException)
        {
            if (_before.GetValueOrDefault(what) != e.Message)
            {
                services.Logger.LogRemains(what, e.Message);
            }

            _failures[what] = e.Message;
            return false;
        }
    }
}
