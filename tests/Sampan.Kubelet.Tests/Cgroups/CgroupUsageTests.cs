using Sampan.Kubelet.Cgroups;
using Sampan.Kubelet.Tests.Fakes;

namespace Sampan.Kubelet.Tests.Cgroups;

public sealed class CgroupUsageTests : IDisposable
{
    private readonly TemporaryDirectory _root = new();

    [Fact]
    public void Usage_OfVersion1_ReadsEachHierarchy()
    {
        Write("cpuacct/pods/cpuacct.usage", "7000000\n");
        Write("cpu/pods/cpu.stat", "nr_periods 10\nnr_throttled 3\nthrottled_time 500\n");
        Write("memory/pods/memory.usage_in_bytes", "1000\n");
        Write("memory/pods/memory.stat", "cache 1\ntotal_inactive_file 300\ntotal_rss 200\ntotal_pgfault 5\n");
        Write("pids/pods/pids.current", "4\n");

        var usage = new CgroupsV1(_root.Path).Usage("/pods")!;

        Assert.Equal((7_000_000, 1000, 700, 200, 4), (usage.CpuNanoseconds, usage.Memory, usage.WorkingSet, usage.Rss, usage.Processes));
        Assert.Equal((10, 3, 500, 5), (usage.Periods, usage.ThrottledPeriods, usage.ThrottledNanoseconds, usage.PageFaults));
    }

    [Fact]
    public void Usage_OfVersion2_ReadsTheOneHierarchy()
    {
        Write("pods/cpu.stat", "usage_usec 7\nnr_periods 10\nnr_throttled 3\nthrottled_usec 2\n");
        Write("pods/memory.current", "1000\n");
        Write("pods/memory.stat", "anon 200\nfile 700\ninactive_file 300\n");
        Write("pods/pids.current", "4\n");

        var usage = new CgroupsV2(_root.Path).Usage("/pods")!;

        Assert.Equal((7000, 1000, 700, 200, 4), (usage.CpuNanoseconds, usage.Memory, usage.WorkingSet, usage.Rss, usage.Processes));
        Assert.Equal((700, 2000), (usage.Cache, usage.ThrottledNanoseconds));
    }

    [Fact]
    public void Usage_OfVersion2_TellsHowLongWorkWaited()
    {
        Write("pods/cpu.pressure", "some avg10=0.50 avg60=1.25 avg300=0.00 total=2000000\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=1000000\n");
        Write("pods/io.pressure", "some avg10=0.00 avg60=0.00 avg300=0.00 total=5\n");
        Write("pods/memory.events", "low 0\nmax 4\noom 2\noom_kill 1\n");

        var usage = new CgroupsV2(_root.Path).Usage("/pods")!;

        Assert.Equal(new Pressure(new(1_000_000, 0, 0, 0), new(2_000_000, 0.5, 1.25, 0)), usage.Pressures.Cpu);
        Assert.Equal((PressureShare.None, 5), (usage.Pressures.Io!.Full, usage.Pressures.Io.Some.Total));
        Assert.Null(usage.Pressures.Memory);
        Assert.Equal((4, 1), (usage.LimitHits, usage.OomKills));
    }

    [Theory]
    [InlineData("9:memory:/system.slice/kubelet.service\n0::/elsewhere\n", "/system.slice/kubelet.service")]
    [InlineData("0::/system.slice/kubelet.service\n", "/system.slice/kubelet.service")]
    [InlineData("0::/\n", null)]
    [InlineData("", null)]
    public void Read_OwnGroup_IsThatOfMemory(string text, string? path)
    {
        Write("cgroup", text);
        Assert.Equal(path, OwnGroup.Read(_root["cgroup"]));
    }

    [Fact]
    public void Usage_OfNoGroup_IsNull()
    {
        Assert.Null(new CgroupsV1(_root.Path).Usage("/none"));
        Assert.Null(new CgroupsV2(_root.Path).Usage("/none"));
    }

    public void Dispose() => _root.Dispose();

    private void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_root[file])!);
        File.WriteAllText(_root[file], text);
    }
}
