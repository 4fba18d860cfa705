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

    private PodCgroups BySystemd(string root) => new(new SystemdCgroups(_kernel, new SystemdUnits(_systemd)), root, () => 8L << 30, new CgroupRules());
}
