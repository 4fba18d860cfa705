using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Cgroups;

/// <summary>Whom the kernel kills first when memory runs out: the higher, the sooner (-1000 to 1000).</summary>
/// <remarks>Upstream: pkg/kubelet/qos.</remarks>
internal static class OomScore
{
    private const int Guaranteed = -997;
    private const int BestEffort = 1000;
    private const int NodeCriticalPriority = 2_000_001_000;

    /// <summary>A burstable container is the safer the more of the node's memory it asked for.</summary>
    public static long Of(Pod pod, Container container, long memoryCapacity)
    {
        if (pod.Spec.Priority >= NodeCriticalPriority)
        {
            return Guaranteed;
        }

        return QosClass.Of(pod) switch
        {
            QosClass.Guaranteed => Guaranteed,
            QosClass.BestEffort => BestEffort,
            _ => Math.Clamp(BestEffort - (BestEffort * RequestOf(pod, container) / Math.Max(memoryCapacity, 1)), BestEffort + Guaranteed, BestEffort - 1),
        };
    }

    /// <summary>
    /// What a container asked for, with its part of what the pod asked for beyond all of them. A sidecar counts for no less than
    /// the least of those that it serves: it shall not go before them.
    /// </summary>
    private static long RequestOf(Pod pod, Container container)
    {
        var own = MemoryOf(container);
        return Share(pod) + (container.IsSidecar() ? Math.Max(own, pod.Spec.Containers.Min(MemoryOf)) : own);
    }

    private static long Share(Pod pod)
    {
        var whole = PodResources.Value(pod.Spec.Resources?.Requests, PodResources.Memory);
        return whole.IsZero
            ? 0
            : (whole.AsLong() - PodResources.Total(pod, c => PodResources.RequestOf(c, PodResources.Memory)).AsLong()) / (pod.Spec.Containers.Count + pod.Spec.InitContainers.OrEmpty().Count);
    }

    private static long MemoryOf(Container container) => PodResources.RequestOf(container, PodResources.Memory).AsLong();
}
