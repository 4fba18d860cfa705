using Sampan.Api;
using Sampan.Kubelet.Cgroups;
using Sampan.Kubelet.Tests.Fakes;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Cgroups;

/// <summary>Where pods' groups are, by either driver. Upstream: pkg/kubelet/cm/pod_container_manager_linux_test.go.</summary>
public sealed class PodTreeTests : IDisposable
{
    private const string Uid = "6c1a4e95-6bb6-11e6-bc26-28d2444e470d";
    private const string Slice = "/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod6c1a4e95_6bb6_11e6_bc26_28d2444e470d.slice";
    private readonly TemporaryDirectory _root = new();
    private readonly FakeCgroups _kernel = new();
    private readonly FakeSystemd _systemd = new();

    public void Dispose() => _root.Dispose();

    [Theory]
    [InlineData("/", "")]
    [InlineData("/sampan-1/x", "/sampan_1.slice/sampan_1-x.slice")]
    [InlineData("/own.slice/own-pods.slice", "/own.slice/own-pods.slice")]
    public async Task EnsureTree_BySystemd_IsOfSlices(string root, string path)
    {
        var prefix = path.Length == 0 ? "" : Path.GetFileName(path)[..^"slice".Length].Replace('.', '-');
        await BySystemd(root).EnsureTreeAsync(2000, default);
        Assert.Equal(
            [$"{path}/{prefix}kubepods.slice", $"{path}/{prefix}kubepods.slice/{prefix}kubepods-burstable.slice", $"{path}/{prefix}kubepods.slice/{prefix}kubepods-besteffort.slice"],
            _kernel.Groups.Keys);
        Assert.Equal(_kernel.Groups.Keys.Select(Path.GetFileName), _systemd.Units.Keys);
    }

    [Fact]
    public async Task Pods_OfEitherDriver_AreFoundAgainByTheirGroupsAndRemoved()
    {
        var pod = Node.Pod("a", p => p.Metadata.Uid = Uid);
        foreach (var groups in new[] { BySystemd("/"), new PodCgroups(new FakeCgroups(), "/", () => 8L << 30, new CgroupRules()) })
        {
            await groups.EnsureTreeAsync(2000, default);
            Assert.Empty(groups.Pods());
            await groups.EnsureAsync(pod, default);
            Assert.Equal([Uid], groups.Pods());
            Assert.NotNull(groups.UsageOf(pod));
            await groups.RemoveAsync(Uid, default);
            Assert.Empty(groups.Pods());
            Assert.Null(groups.UsageOf(pod));
        }

        Assert.Equal(3, _systemd.Units.Count);
        Assert.Equal(["stop " + Path.GetFileName(Slice)], _systemd.Calls.Where(c => c.StartsWith("stop", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Ensure_BurstablePods_ShareWhatTheyAskForTogether()
    {
        const string level = "/kubepods/burstable";
        var groups = new PodCgroups(_kernel, "/", () => 8L << 30, new CgroupRules());
        await groups.EnsureTreeAsync(4096, default);
        Assert.Null(_kernel.Groups[level].CpuShares);

        await groups.EnsureAsync(Asking("a", "500m"), default);
        await groups.EnsureAsync(Asking("b", "1"), default);
        Assert.Equal(1536, _kernel.Groups[level].CpuShares);
        await groups.EnsureAsync(Asking("a", "2"), default);
        Assert.Equal(3072, _kernel.Groups[level].CpuShares);
        await groups.EnsureAsync(Node.Pod("c"), default);
        await groups.RemoveAsync("uid-c", default);
        await groups.RemoveAsync("uid-b", default);
        Assert.Equal(2048, _kernel.Groups[level].CpuShares);
        await groups.RemoveAsync("uid-a", default);
        Assert.Equal(Cpu.MinShares, _kernel.Groups[level].CpuShares);
    }

    [Fact]
    public async Task Ensure_BurstablePodsFromBeforeARestart_CountBeforeAnybodyLooksAtThem()
    {
        var groups = new PodCgroups(_kernel, "/", () => 8L << 30, new CgroupRules());
        groups.Expect(Asking("a", "500m"));
        groups.Expect(Asking("b", "1"));
        groups.Expect(Node.Pod("c"));
        await groups.EnsureAsync(Asking("a", "500m"), default);
        Assert.Equal(1536, _kernel.Groups["/kubepods/burstable"].CpuShares);
        await groups.RemoveAsync("uid-b", default);
        Assert.Equal(512, _kernel.Groups["/kubepods/burstable"].CpuShares);
    }

    [Fact]
    public async Task Grow_Pod_HasTheMoreOfBeforeAndAfter()
    {
        var groups = new PodCgroups(_kernel, "/", () => 8L << 30, new CgroupRules());
        var (before, after) = (Limited("1", "2Gi"), Limited("2", "1Gi"));
        await groups.EnsureAsync(before, default);
        await groups.GrowAsync(after, before, default);
        Assert.Equal((2048L, 200_000L, 2L << 30), Limits());
        await groups.EnsureAsync(after, default);
        Assert.Equal((2048L, 200_000L, 1L << 30), Limits());

        _kernel.Memory = 3L << 30;
        await groups.GrowAsync(before, after, default);
        var refused = await Assert.ThrowsAsync<IOException>(() => groups.GrowAsync(after, before, default));
        Assert.Equal("attempting to set pod memory limit (1073741824) below current usage (3221225472)", refused.Message);

        (long?, long?, long?) Limits() => _kernel.Groups["/kubepods/poduid-a"] is var group ? (group.CpuShares, group.CpuQuota, group.MemoryBytes) : default;
    }

    [Fact]
    public void AtLeast_LimitThatOneSideHasNot_StaysAsItIs()
    {
        Assert.Equal(new CgroupResources(512), new CgroupResources(2, MemoryBytes: 5).AtLeast(new CgroupResources(512, 1000)));
        Assert.Equal(new CgroupResources(2, Cpu.Unlimited), new CgroupResources(2, Cpu.Unlimited).AtLeast(new CgroupResources(2, 1000)));
    }

    [Fact]
    public async Task UsageOfLevels_BySystemd_NamesTheSlices()
    {
        var groups = BySystemd("/");
        await groups.EnsureTreeAsync(2000, default);
        Assert.Equal(_kernel.Groups.Keys, groups.UsageOfLevels().Select(l => l.Path));
        Assert.NotNull(groups.UsageOfAll());
    }

    [Theory]
    [InlineData("cri-containerd-c1.scope")]
    [InlineData("crio-c1.scope")]
    [InlineData("docker-c1.scope")]
    public void PathOf_ContainerOfASlice_IsItsScope(string scope)
    {
        var pod = Node.Pod("a", p => p.Metadata.Uid = Uid);
        var groups = new PodCgroups(new SystemdCgroups(new CgroupsV1(_root.Path), new SystemdUnits(_systemd)), "/", () => 8L << 30, new CgroupRules());
        Assert.Equal($"{Slice}/cri-containerd-c1.scope", groups.PathOf(pod, "c1"));

        Directory.CreateDirectory($"{_root.Path}/memory{Slice}/crio-conmon-c1.scope");
        var group = Directory.CreateDirectory($"{_root.Path}/memory{Slice}/{scope}");
        File.WriteAllText(Path.Combine(group.FullName, "cgroup.procs"), "7\n9\n");

        Assert.Equal($"{Slice}/{scope}", groups.PathOf(pod, "c1"));
        Assert.Equal([7, 9], groups.ProcessesOf(pod, "c1"));
        Assert.NotNull(groups.UsageOf(pod, "c1"));
    }

    [Theory]
    [InlineData("c1")]
    [InlineData("crio-c1")]
    public void PathOf_ContainerOfAPlainGroup_IsNamedByItsRuntime(string name)
    {
        var pod = Node.Pod("a", p => p.Metadata.Uid = Uid);
        var groups = new PodCgroups(new CgroupsV2(_root.Path), "/", () => 8L << 30, new CgroupRules());
        Directory.CreateDirectory($"{_root.Path}/kubepods/besteffort/pod{Uid}/{name}");
        Assert.Equal($"/kubepods/besteffort/pod{Uid}/{name}", groups.PathOf(pod, "c1"));
    }

    private static Sampan.Api.Core.V1.Pod Asking(string name, string cpu) =>
        Node.Pod(name, p => p.Spec.Containers[0].Resources.Requests = new() { ["cpu"] = Quantity.Parse(cpu) });

    private static Sampan.Api.Core.V1.Pod Limited(string cpu, string memory) =>
        Node.Pod("a", p => p.Spec.Containers[0].Resources.Limits = new() { ["cpu"] = Quantity.Parse(cpu), ["memory"] = Quantity.Parse(memory) });

    private PodCgroups BySystemd(string root) => new(new SystemdCgroups(_kernel, new SystemdUnits(_systemd)), root, () => 8L << 30, new CgroupRules());
}
