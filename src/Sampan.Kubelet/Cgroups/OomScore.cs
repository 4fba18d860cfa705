using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Cgroups;

/// <summary>Whom the kernel kills first when memory runs out: the higher, the sooner (-1000 to 1000).</summary>
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

        switch (QosClass.Of(pod))
        {
            case QosClass.Guaranteed:
                return Guaranteed;
            case QosClass.BestEffort:
                return BestEffort;
            default:
                var request = PodResources.RequestOf(container, PodResources.Memory).AsLong();
                var score = 1000 - (1000L * request / Math.Max(memoryCapacity, 1));
                return score < 1000 + Guaranteed ? 1000 + Guaranteed : score == BestEffort ? BestEffort - 1 : score;
        }
    }
}
