using Sampan.Kubelet.Tests.Fakes;
using Sampan.Kubelet.Topology;

namespace Sampan.Kubelet.Tests.Topology;

public sealed class MachineTests : IDisposable
{
    private readonly TemporaryDirectory _system = new();

    [Fact]
    public void Read_Sysfs_KnowsWhatLiesWhere()
    {
        foreach (var cpu in Enumerable.Range(0, 4))
        {
            Write($"cpu/cpu{cpu}/topology/core_id", "0");
            Write($"cpu/cpu{cpu}/topology/physical_package_id", $"{cpu / 2}");
            Write($"cpu/cpu{cpu}/cache/index3/shared_cpu_list", cpu < 2 ? "0-1\n" : "2-3\n");
        }

        foreach (var node in Enumerable.Range(0, 2))
        {
            Write($"node/node{node}/cpulist", $"{node * 2}-{(node * 2) + 1}\n");
            Write($"node/node{node}/meminfo", $"Node {node} MemTotal:       1024 kB\n");
            Write($"node/node{node}/distance", node == 0 ? "10 21\n" : "21 10\n");
            Write($"node/node{node}/hugepages/hugepages-2048kB/nr_hugepages", "3\n");
        }

        var machine = Machine.Read(_system.Path);

        Assert.Equal([new(0, 0, 0, 0), new(1, 0, 0, 0), new(2, 1, 1, 1, 1), new(3, 1, 1, 1, 1)], machine.Processors);
        Assert.Equal(2, machine.CpusPerCore);
        Assert.Equal([21, 10], machine.Nodes[1].Distances!);
        Assert.Equal("2-3", machine.CpusOf(0b10).ToString());
        Assert.Equal(1 << 20, machine.Nodes[1].Memory["memory"]);
        Assert.Equal(3 << 21, machine.Nodes[1].Memory["hugepages-2Mi"]);
    }

    /// <summary>Upstream: getUncoreCacheID; a cache that all of a NUMA node share says no more than its socket.</summary>
    [Theory]
    [InlineData("0-1", "2-3", true, "7 7 9 9")]
    [InlineData("0-1", "2-3", false, "0 0 2 2")]
    [InlineData("0-3", "0-3", true, "0 0 0 0")]
    public void Read_Caches_AreThoseSmallerThanANode(string first, string second, bool hasNumbers, string expected)
    {
        foreach (var cpu in Enumerable.Range(0, 4))
        {
            Write($"cpu/cpu{cpu}/topology/core_id", $"{cpu}");
            Write($"cpu/cpu{cpu}/cache/index3/shared_cpu_list", cpu < 2 ? first : second);
            if (hasNumbers) Write($"cpu/cpu{cpu}/cache/index3/id", cpu < 2 ? "7" : "9");
        }

        Write("node/node0/cpulist", "0-3\n");
        Assert.Equal(expected, string.Join(' ', Machine.Read(_system.Path).Processors.Select(p => p.Cache)));
    }

    [Fact]
    public void Read_NoNuma_IsOneNode()
    {
        Write("cpu/cpu0/topology/core_id", "0");
        Write("meminfo", "MemTotal:    2048 kB\n");

        var machine = Machine.Read(_system.Path, _system["meminfo"]);

        Assert.Equal(1UL, machine.NumaNodes);
        Assert.Equal(2 << 20, machine.Nodes[0].Memory["memory"]);
        Assert.Equal("0", machine.CpusOf(1).ToString());
    }

    public void Dispose() => _system.Dispose();

    private void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_system[file])!);
        File.WriteAllText(_system[file], text);
    }
}
