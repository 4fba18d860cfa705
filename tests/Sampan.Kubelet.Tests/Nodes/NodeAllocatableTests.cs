using Sampan.Kubelet.Cgroups;
using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Nodes;
using Sampan.Kubelet.Tests.Fakes;

namespace Sampan.Kubelet.Tests.Nodes;

public sealed class NodeAllocatableTests
{
    private const long Gibi = 1L << 30;
    private FakeCgroups _groups = new();
    private readonly FakeEvents _events = new();
    private readonly FakeTimeProvider _time = new();
    private string _kubeGroup = "kube";

    [Theory]
    [InlineData("system-reserved", "/system", 512, Gibi, 100)]
    [InlineData("system-reserved-compressible", "/system", 512, null, null)]
    [InlineData("kube-reserved", "/kube", 102, 2 * Gibi, null)]
    [InlineData("kube-reserved-compressible", "/kube", 102, null, null)]
    public async Task LimitReserved_GroupThatIsEnforced_HasWhatIsReserved(string enforced, string group, long shares, long? memory, int? pids)
    {
        (_groups.Groups["/system"], _groups.Groups["/kube"]) = (CgroupResources.None, CgroupResources.None);
        await Limits("pods", enforced).LimitReservedAsync(default);
        Assert.Equal((shares, memory, pids), (_groups.Groups[group].CpuShares!.Value, _groups.Groups[group].MemoryBytes, (int?)_groups.Groups[group].Pids));
        Assert.Equal(CgroupResources.None, _groups.Groups[group == "/kube" ? "/system" : "/kube"]);
        Assert.Equal($"Normal NodeAllocatableEnforced Updated limits on {group[1..]} reserved cgroup {group[1..]}", Assert.Single(_events.All));
    }

    [Fact]
    public async Task LimitReserved_GroupThatIsNotThere_KeepsTheKubeletFromStarting()
    {
        var refused = await Assert.ThrowsAsync<ConfigurationException>(() => Limits("kube-reserved").LimitReservedAsync(default));
        Assert.Equal("Failed to enforce Kube Reserved Cgroup Limits on \"kube\": cgroup /kube does not exist", refused.Message);
        Assert.Equal("Warning FailedNodeAllocatableEnforcement " + refused.Message, Assert.Single(_events.All));
    }

    [Fact]
    public async Task LimitReserved_OnlyPodsEnforced_LeavesOthersAlone()
    {
        await Limits("pods").LimitReservedAsync(default);
        Assert.Empty(_groups.Groups);
    }

    [Theory]
    [InlineData("/kube", "/kube.slice")]
    [InlineData("/kube.slice", "/kube.slice")]
    [InlineData("kube-own.slice", "/kube.slice/kube-own.slice")]
    public async Task LimitReserved_GroupOfSystemd_IsNamedInEitherStyle(string configured, string path)
    {
        _groups = new FakeCgroups { Names = SystemdNames.Instance, Groups = { [path] = CgroupResources.None } };
        _kubeGroup = configured;
        await Limits("kube-reserved").LimitReservedAsync(default);
        Assert.Equal(2 * Gibi, _groups.Groups[path].MemoryBytes);
        Assert.Equal($"Normal NodeAllocatableEnforced Updated limits on kube reserved cgroup {configured}", Assert.Single(_events.All));
    }

    [Theory]
    [InlineData("pods", 3481, 5 * Gibi)]
    [InlineData("none", 4096, 8 * Gibi)]
    public async Task LimitPods_Enforced_LeavesOutWhatIsReserved(string enforced, long shares, long memory)
    {
        await Limits(enforced).LimitPodsAsync(default);
        Assert.Equal((shares, memory), (_groups.Groups["/kubepods"].CpuShares!.Value, _groups.Groups["/kubepods"].MemoryBytes!.Value));
        Assert.Equal(enforced == "pods" ? 900 : 1000, _groups.Groups["/kubepods"].Pids);
        Assert.Equal(enforced == "pods" ? 12L << 20 : 16L << 20, _groups.Groups["/kubepods"].HugePages["2MB"]);
    }

    [Fact]
    public async Task LimitPods_ThatUseMore_IsTriedAgainUntilThereIsRoom()
    {
        _groups.Full = "/kubepods";
        var limited = Limits("pods").LimitPodsAsync(default);
        await Eventually.TrueAsync(() => _events.All.Count >= 2, "it was tried again", () => _time.Advance(TimeSpan.FromSeconds(30)));
        Assert.All(_events.All, e => Assert.Equal("Warning FailedNodeAllocatableEnforcement Failed to update Node Allocatable Limits \"kubepods\": Device or resource busy", e));
        _groups.Full = null;
        await Eventually.TrueAsync(() => limited.IsCompleted, "there is room", () => _time.Advance(TimeSpan.FromSeconds(30)));
        Assert.Equal("Normal NodeAllocatableEnforced Updated Node Allocatable limit across pods", _events.All.Last());
    }

    private NodeAllocatable Limits(params string[] enforced)
    {
        var configuration = new KubeletConfiguration
        {
            EnforceNodeAllocatable = enforced,
            SystemReserved = new Dictionary<string, string> { ["cpu"] = "500m", ["memory"] = "1Gi", ["pid"] = "100", ["hugepages-2Mi"] = "4Mi" },
            KubeReserved = new Dictionary<string, string> { ["cpu"] = "100m", ["memory"] = "2Gi" },
            SystemReservedCgroup = "system",
            KubeReservedCgroup = _kubeGroup,
        };
        var capacity = NodeCapacity.Create(configuration, 4, 8 * Gibi, 0, [new(2 << 20, 8)], 1000);
        return new NodeAllocatable(configuration, capacity, new PodCgroups(_groups, "/", () => capacity.MemoryBytes, new CgroupRules()), _events, _time);
    }
}
