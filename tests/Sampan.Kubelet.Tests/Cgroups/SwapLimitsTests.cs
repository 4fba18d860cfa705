using Sampan.Api;
using Sampan.Kubelet.Cgroups;
using Sampan.Kubelet.Cri;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Cgroups;

public sealed class SwapLimitsTests
{
    [Theory]
    [InlineData(true, "1Gi", null, "268435456")]
    [InlineData(true, "1Gi", "2Gi", "268435456")]
    [InlineData(true, "1Gi", "1Gi", "0")]
    [InlineData(true, null, null, "0")]
    [InlineData(false, "1Gi", null, "0")]
    public void Apply_Version2_GivesBurstableContainersTheirShare(bool isLimited, string? request, string? limit, string expected)
    {
        var (pod, resources) = (Sized(request, limit), new LinuxContainerResources());

        new SwapLimits(isLimited, Memory: 8L << 30, Swap: 2L << 30).Apply(pod, pod.Spec.Containers[0], isVersion1: false, resources);

        Assert.Equal(expected, resources.Unified["memory.swap.max"]);
    }

    [Fact]
    public void Apply_CriticalPod_DoesNotSwap()
    {
        var (pod, resources) = (Sized("1Gi", null), new LinuxContainerResources());
        pod.Spec.Priority = 2_000_000_000;

        new SwapLimits(true, Memory: 8L << 30, Swap: 2L << 30).Apply(pod, pod.Spec.Containers[0], isVersion1: false, resources);

        Assert.Equal("0", resources.Unified["memory.swap.max"]);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1 << 30, 1 << 30)]
    public void Apply_Version1_LimitsMemoryAndSwapTogether(long limit, long together)
    {
        var (pod, resources) = (Sized("1Gi", null), new LinuxContainerResources { MemoryLimitInBytes = limit });

        new SwapLimits(true, Memory: 8L << 30, Swap: 2L << 30).Apply(pod, pod.Spec.Containers[0], isVersion1: true, resources);

        Assert.Equal(together, resources.MemorySwapLimitInBytes);
        Assert.Empty(resources.Unified);
    }

    private static Sampan.Api.Core.V1.Pod Sized(string? request, string? limit) => Node.Pod("a", p =>
    {
        p.Spec.Containers[0].Resources.Requests = request is null ? null : new() { ["memory"] = Quantity.Parse(request), ["cpu"] = new(1) };
        p.Spec.Containers[0].Resources.Limits = limit is null ? null : new() { ["memory"] = Quantity.Parse(limit) };
    });
}
