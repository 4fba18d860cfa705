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
    public void Usage_OfTheRootOfVersion2_IsOfProcessesAndFiles()
    {
        Write("cpu.stat", "usage_usec 7\n");
        Write("memory.stat", "anon 200\nfile 700\ninactive_file 300\n");

        var usage = new CgroupsV2(_root.Path).Usage("/")!;

        Assert.Equal((900, 600, 200, 7000), (usage.Memory, usage.WorkingSet, usage.Rss, usage.CpuNanoseconds));
    }

    [Fact]
    public async Task Ensure_OfVersion2_HandsControllersDownToTheGroupButNotBelowIt()
    {
        foreach (var group in new[] { ".", "a", "a/b" })
        {
            Write($"{group}/cgroup.controllers", "cpuset cpu io memory hugetlb pids rdma misc\n");
            Write($"{group}/cgroup.subtree_control", group == "." ? "cpu io memory pids\n" : "");
        }

        Write("a/b/cpu.weight", "100\n");
        Write("a/b/memory.max", "max\n");
        await new CgroupsV2(_root.Path).EnsureAsync("/a/b", new CgroupResources(512, 50_000, 1024), default);

        Assert.Equal(("20", "1024"), (File.ReadAllText(_root["a/b/cpu.weight"]), File.ReadAllText(_root["a/b/memory.max"])));
        Assert.Equal(("+hugetlb", "+hugetlb", ""), (File.ReadAllText(_root["cgroup.subtree_control"]), File.ReadAllText(_root["a/cgroup.subtree_control"]), File.ReadAllText(_root["a/b/cgroup.subtree_control"])));
    }

    [Fact]
    public async Task Ensure_OfVersion1_WritesNoLimitAsTheKernelReadsIt()
    {
        foreach (var controller in new[] { "cpu", "memory", "pids" })
        {
            Directory.CreateDirectory(_root[controller]);
        }

        var groups = new CgroupsV1(_root.Path);
        await groups.EnsureAsync("/a", new CgroupResources(512, Cpu.Unlimited, Pids: 7), default);
        Assert.Equal(("512", "-1", "7"), (File.ReadAllText(_root["cpu/a/cpu.shares"]), File.ReadAllText(_root["cpu/a/cpu.cfs_quota_us"]), File.ReadAllText(_root["pids/a/pids.max"])));
        Assert.True(groups.Exists("/a"));
        Assert.False(groups.Exists("/b"));
        Assert.False(File.Exists(_root["memory/a/memory.limit_in_bytes"]));
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

    [Fact]
    public void Usage_OfEitherVersion_TellsOfDisksAndProcesses()
    {
        Write("memory/pods/cgroup.procs", "12\n34\n");
        Write("pids/pods/pids.max", "max\n");
        Write("blkio/pods/blkio.throttle.io_service_bytes", "8:0 Read 4096\n8:0 Write 512\n8:0 Total 4608\n8:16 Read 1\n8:16 Write 0\nTotal 4609\n");
        Write("blkio/pods/blkio.throttle.io_serviced", "8:0 Read 2\n8:0 Write 1\nTotal 3\n");
        var first = new CgroupsV1(_root.Path);
        Assert.Equal([12, 34], first.Processes("/pods"));
        Assert.Equal([new("8:0") { ReadBytes = 4096, WrittenBytes = 512, Reads = 2, Writes = 1 }, new("8:16") { ReadBytes = 1 }], first.Usage("/pods")!.Disks.Value);
        Assert.Equal(0, first.Usage("/pods")!.MaxProcesses);

        Write("more/cgroup.procs", "");
        Write("more/pids.max", "100\n");
        Write("more/io.stat", "8:0 rbytes=4096 wbytes=512 rios=2 wios=1 dbytes=0 dios=0\n7:0\n");
        var second = new CgroupsV2(_root.Path);
        Assert.Empty(second.Processes("/more"));
        Assert.Equal([new("8:0") { ReadBytes = 4096, WrittenBytes = 512, Reads = 2, Writes = 1 }], second.Usage("/more")!.Disks.Value);
        Assert.Equal(100, second.Usage("/more")!.MaxProcesses);
    }

    [Theory]
    [InlineData("9:memory:/system.slice/kubelet.service\n4:cpu,cpuacct:/system.slice/kubelet.service\n0::/elsewhere\n", "/system.slice/kubelet.service")]
    [InlineData("9:memory:/jobs/1\n4:cpuacct:/\n0::/\n", null)]
    [InlineData("0::/system.slice/kubelet.service\n", "/system.slice/kubelet.service")]
    [InlineData("0::/\n", null)]
    [InlineData("", null)]
    public void Read_OwnGroup_IsThatOfMemoryAndProcessor(string text, string? path)
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
