using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Cgroups;

/// <summary>
/// How much containers may swap: nothing, or, with <c>LimitedSwap</c>, a burstable container that asks for some memory as large
/// a part of the swap as of the memory. Upstream: pkg/kubelet/kuberuntime, swapConfigurationHelper.
/// </summary>
/// <param name="IsLimited">Whether <c>LimitedSwap</c> is configured.</param>
/// <param name="Memory">The node's memory.</param>
/// <param name="Swap">The node's swap.</param>
internal sealed record SwapLimits(bool IsLimited, long Memory, long Swap)
{
    public void Apply(Pod pod, Container container, bool isVersion1, Cri.LinuxContainerResources resources)
    {
        if (!isVersion1)
        {
            resources.Unified["memory.swap.max"] = $"{(MaySwap(pod, container) ? Share(container) : 0)}";
        }
        else if (resources.MemoryLimitInBytes > 0)
        {
            // Memory and swap together, so that nothing is left for swap.
            resources.MemorySwapLimitInBytes = resources.MemoryLimitInBytes;
        }
    }

    public bool MaySwap(Pod pod, Container container)
    {
        var request = PodResources.RequestOf(container, PodResources.Memory);
        return IsLimited && !Eviction.Ranking.IsCritical(pod) && QosClass.Of(pod) == QosClass.Burstable
            && !request.IsZero && request != PodResources.Value(container.Resources.Limits, PodResources.Memory);
    }

    private long Share(Container container) =>
        (long)((double)PodResources.RequestOf(container, PodResources.Memory).AsLong() / Memory * Swap);
}
