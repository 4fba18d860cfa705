using Sampan.Api;
using Sampan.Kubelet.Cgroups;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Tests.Fakes;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Cgroups;

public sealed class PodCgroupsTests
{
    private readonly PodCgroups _cgroups = new(new NoCgroups(), "/x", () => 8L << 30, new CgroupRules { HugePages = [new(2 << 20, 8)], KillsOneProcess = true });

    [Theory]
    [InlineData(null, null, null, "BestEffort", "/x/kubepods/besteffort/poduid-a", 2, 0, 1000)]
    [InlineData("500m", null, "1Gi", "Burstable", "/x/kubepods/burstable/poduid-a", 512, 0, 875)]
    [InlineData("500m", "500m", "1Gi", "Guaranteed", "/x/kubepods/poduid-a", 512, 50000, -997)]
    public void ForContainer_Requests_BecomeSharesQuotaAndScore(
        string? cpu, string? limit, string? memory, string quality, string path, long shares, long quota, long score)
    {
        var pod = Node.Pod("a");
        var container = pod.Spec.Containers[0];
        container.Resources.Requests = List(cpu, memory);
        container.Resources.Limits = limit is null ? null : List(limit, memory);

        var resources = _cgroups.Limits.ForContainer(pod, container);

        Assert.Equal(quality, QosClass.Of(pod));
        Assert.Equal(path, _cgroups.PathOf(pod));
        Assert.Equal((shares, quota, score), (resources.CpuShares, resources.CpuQuota, resources.OomScoreAdj));
    }

    /// <summary>Upstream: TestCalculateLinuxResources and TestGenerateLinuxContainerConfigResources.</summary>
    [Theory]
    [InlineData("1", "2", null, 1024, 200_000)]
    [InlineData(null, "2", null, 2048, 200_000)]
    [InlineData("0", "2", null, 2, 200_000)]
    [InlineData("2", null, null, 2048, 0)]
    [InlineData("1", null, "3", 1024, 300_000)]
    [InlineData(null, null, "3", 3072, 300_000)]
    public void ForContainer_WithoutARequest_HasTheShareOfItsLimit(string? request, string? limit, string? whole, long shares, long quota)
    {
        var pod = Node.Pod("a", p => p.Spec.Resources = whole is null ? null : new() { Limits = List(whole, null) });
        (pod.Spec.Containers[0].Resources.Requests, pod.Spec.Containers[0].Resources.Limits) = (List(request, null), List(limit, null));
        var resources = _cgroups.Limits.ForContainer(pod, pod.Spec.Containers[0]);
        Assert.Equal((shares, quota), (resources.CpuShares, resources.CpuQuota));
    }

    [Fact]
    public void ForContainer_HugePages_AreLimitedToWhatIsStated()
    {
        var pod = Node.Pod("a", p => p.Spec.Containers.Add(Node.Container("other", c => c.Resources.Limits = new() { ["hugepages-2Mi"] = Quantity.Parse("4Mi") })));

        Assert.Equal([0UL], _cgroups.Limits.ForContainer(pod, pod.Spec.Containers[0]).HugepageLimits.Select(l => l.Limit));
        Assert.Equal([("2MB", 4UL << 20)], _cgroups.Limits.ForContainer(pod, pod.Spec.Containers[1]).HugepageLimits.Select(l => (l.PageSize, l.Limit)));
    }

    [Fact]
    public void ForSandbox_Pod_IsWhatItsContainersMayUseWithTheOverheadBeside()
    {
        var pod = Node.Pod("a", p =>
        {
            (p.Spec.Containers[0].Resources.Requests, p.Spec.Containers[0].Resources.Limits) = (List("2", "128Mi"), List("4", "256Mi"));
            p.Spec.Overhead = List("1", "128Mi");
        });
        Assert.Equal(new() { CpuShares = 2048, CpuPeriod = 100_000, CpuQuota = 400_000, MemoryLimitInBytes = 256 << 20 }, _cgroups.Limits.ForSandbox(pod));
        Assert.Equal(new() { CpuShares = 1024, CpuPeriod = 100_000, CpuQuota = 100_000, MemoryLimitInBytes = 128 << 20 }, _cgroups.Limits.OverheadOf(pod));

        pod = Node.Pod("b", p => (p.Spec.Containers[0].Resources.Requests, p.Spec.Containers[0].Resources.Limits) = (List(null, "128Mi"), List(null, "256Mi")));
        Assert.Equal(new() { CpuShares = 2, CpuPeriod = 100_000, MemoryLimitInBytes = 256 << 20 }, _cgroups.Limits.ForSandbox(pod));
        Assert.Equal(new(), _cgroups.Limits.OverheadOf(pod));
    }

    [Theory]
    [InlineData(1, null, false)]
    [InlineData(2, null, true)]
    [InlineData(2, false, true)]
    [InlineData(2, true, false)]
    public void ForContainer_OutOfMemory_LosesAllItsProcessesWhereGroupsCan(int version, bool? killsOne, bool together)
    {
        var pod = Node.Pod("a", p => p.Spec.Overhead = List("1", null));
        var limits = new PodLimits(version == 1, () => 8L << 30, new CgroupRules { KillsOneProcess = killsOne });

        foreach (var resources in new[] { limits.ForContainer(pod, pod.Spec.Containers[0]), limits.ForSandbox(pod), limits.OverheadOf(pod) })
        {
            Assert.Equal(together ? "1" : null, resources.Unified.GetValueOrDefault("memory.oom.group"));
        }
    }

    [Theory]
    [InlineData("web", true, -1, 50_000, -1)]
    [InlineData("other", true, 50_000, -1, -1)]
    [InlineData("", true, 50_000, 50_000, 100_000)]
    [InlineData("web", false, 0, 0, null)]
    public void ForContainer_OwnProcessors_AreNotLimited(string owner, bool hasQuota, long web, long other, int? pod)
    {
        var wanted = Node.Pod("a", p =>
        {
            p.Spec.Containers.Add(Node.Container("other"));
            p.Spec.Containers.ForEach(c => c.Resources.Limits = List("500m", "1Gi"));
        });
        var limits = new PodLimits(false, () => 8L << 30, new CgroupRules { HasQuota = hasQuota, HasOwnCpus = (uid, name) => owner.Length > 0 && uid == "uid-a" && (name ?? owner) == owner });
        Assert.Equal([web, other], wanted.Spec.Containers.Select(c => limits.ForContainer(wanted, c).CpuQuota));
        Assert.All(wanted.Spec.Containers, c => Assert.Equal(hasQuota ? 100_000 : 0, limits.ForContainer(wanted, c).CpuPeriod));
        Assert.Equal(pod, (int?)limits.ForPod(wanted).CpuQuota);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1000, 1024)]
    [InlineData(1_000_000, 262_144)]
    public void Shares_OfMilliCores_AreClamped(long milli, long shares) => Assert.Equal(shares, Cpu.Shares(milli));

    [Theory]
    [InlineData(2, 1)]
    [InlineData(1024, 39)]
    [InlineData(262_144, 10_000)]
    public void Weight_OfShares_CoversTheRange(long shares, long weight) => Assert.Equal(weight, Cpu.Weight(shares));

    [Fact]
    public void Request_OfPodWithInitContainers_IsThePeak()
    {
        var pod = Node.Pod("a", p =>
        {
            p.Spec.InitContainers =
            [
                Node.Container("side", c => (c.RestartPolicy, c.Resources.Requests) = ("Always", List("100m", null))),
                Node.Container("big", c => c.Resources.Requests = List("2", null)),
            ];
            p.Spec.Containers[0].Resources.Requests = List("500m", null);
        });

        Assert.Equal(2100, PodResources.Request(pod, "cpu").AsMilli());
    }

    private static Dictionary<string, Quantity>? List(string? cpu, string? memory)
    {
        var list = new Dictionary<string, Quantity>();
        if (cpu is not null)
        {
            list["cpu"] = Quantity.Parse(cpu);
        }

        if (memory is not null)
        {
            list["memory"] = Quantity.Parse(memory);
        }

        return list.Count > 0 ? list : null;
    }
}
