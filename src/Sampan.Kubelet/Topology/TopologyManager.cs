using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Topology;

/// <summary>
/// Gives a new pod's containers what only one can have, each resource near the others as the policy wants it, or says why the
/// pod cannot run here. Upstream: pkg/kubelet/cm/topologymanager.
/// </summary>
/// <param name="isPodScope">All containers of a pod lie together, not only the resources of each.</param>
internal sealed class TopologyManager(TopologyPolicy policy, bool isPodScope, ulong numaNodes, IReadOnlyList<IResourceProvider> providers)
{
    /// <returns>Why the pod cannot have it; null when it has it.</returns>
    public async Task<PodTermination?> AllocateAsync(Pod pod, CancellationToken cancellationToken)
    {
        try
        {
            var together = isPodScope ? Place(pod, null) : default(TopologyHint?);
            foreach (var container in pod.Spec.InitContainers.OrEmpty().Concat(pod.Spec.Containers))
            {
                var place = together ?? Place(pod, container);
                foreach (var provider in providers)
                {
                    await provider.AllocateAsync(pod, container, place, cancellationToken);
                }
            }

            return null;
        }
        catch (AllocationException e)
        {
            Release(pod.Metadata.Uid);
            return new PodTermination(e.Reason ?? "UnexpectedAdmissionError", e.Reason is null ? $"Allocate failed due to {e.Message}, which is unexpected" : e.Message) { IsRejection = true };
        }
    }

    public void Release(string uid)
    {
        foreach (var provider in providers)
        {
            provider.Release(uid);
        }
    }

    private TopologyHint Place(Pod pod, Container? container)
    {
        if (policy.IsNone)
        {
            return TopologyHint.Anywhere;
        }

        var (hint, isAdmitted) = policy.Choose(numaNodes, providers.Select(p => p.Hints(pod, container)));
        return isAdmitted ? hint : throw new AllocationException("Resources cannot be allocated with Topology locality", "TopologyAffinityError");
    }
}
