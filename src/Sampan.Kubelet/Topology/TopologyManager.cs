using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Stats;

namespace Sampan.Kubelet.Topology;

/// <summary>
/// Gives a new pod's containers what only one can have, each resource near the others as the policy wants it, or says why the
/// pod cannot run here. Upstream: pkg/kubelet/cm/topologymanager.
/// </summary>
/// <param name="policy">How strictly it lies together.</param>
/// <param name="isPodScope">All containers of a pod lie together, not only the resources of each.</param>
/// <param name="numaNodes">The machine's.</param>
/// <param name="providers">What there is to give.</param>
/// <param name="metrics">Counts.</param>
/// <param name="time">Measures.</param>
internal sealed class TopologyManager(TopologyPolicy policy, bool isPodScope, ulong numaNodes, IReadOnlyList<IResourceProvider> providers, TopologyMetrics metrics, TimeProvider time)
{
    /// <returns>Why the pod cannot have it; null when it has it.</returns>
    public async Task<PodTermination?> AllocateAsync(Pod pod, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var isFailed = true;
        try
        {
            await AllocateAllAsync(pod, cancellationToken);
            isFailed = false;
            return null;
        }
        catch (AllocationException e)
        {
            Release(pod.Metadata.Uid);
            return new PodTermination(e.Reason ?? "UnexpectedAdmissionError", e.Reason is null ? $"Allocate failed due to {e.Message}, which is unexpected" : e.Message) { IsRejection = true };
        }
        finally
        {
            metrics.Admitted(time.GetElapsedTime(started), isFailed && !policy.IsNone);
        }
    }

    public void Release(string uid)
    {
        foreach (var provider in providers)
        {
            provider.Release(uid);
        }
    }

    private async Task AllocateAllAsync(Pod pod, CancellationToken cancellationToken)
    {
        var together = isPodScope ? Place(pod, null) : default(TopologyHint?);
        foreach (var container in pod.Spec.InitContainers.OrEmpty().Concat(pod.Spec.Containers))
        {
            var place = together ?? Place(pod, container);
            foreach (var provider in providers)
            {
                await AllocateAsync(provider, pod, container, place, cancellationToken);
            }

            Align(ofPod: false);
        }

        Align(ofPod: true);
    }

    /// <summary>Notes that what was let in lies on one node, for each container or for the pod, as it is asked for.</summary>
    private void Align(bool ofPod)
    {
        if (policy.IsGuarantee && ofPod == isPodScope)
        {
            metrics.AlignedToNode(ofPod, isDone: true);
        }
    }

    private async Task AllocateAsync(IResourceProvider provider, Pod pod, Container container, TopologyHint place, CancellationToken cancellationToken)
    {
        var pins = provider.PinsAs is not null && provider.IsWanted(pod, container);
        var isDone = false;
        try
        {
            await provider.AllocateAsync(pod, container, place, cancellationToken);
            isDone = true;
        }
        finally
        {
            if (pins)
            {
                metrics.Pinned(provider.PinsAs!, isDone);
            }

            if (pins && provider.AlignsCores)
            {
                metrics.AlignedToCores(isDone);
            }

            if (pins && provider.AlignsCache(pod, container))
            {
                metrics.AlignedToCache();
            }
        }
    }

    private TopologyHint Place(Pod pod, Container? container)
    {
        if (policy.IsNone)
        {
            return TopologyHint.Unknown;
        }

        var (hint, isAdmitted) = policy.Choose(numaNodes, providers.Select(p => p.Hints(pod, container)));
        if (!isAdmitted && policy.IsGuarantee)
        {
            metrics.AlignedToNode(isPodScope, isDone: false);
        }

        return isAdmitted ? hint : throw new AllocationException("Resources cannot be allocated with Topology locality", "TopologyAffinityError");
    }
}
