using Sampan.Kubelet.Cpus;
using Sampan.Kubelet.Topology;

namespace Sampan.Kubelet.Tests.Cpus;

/// <summary>Upstream: pkg/kubelet/cm/cpumanager/cpu_assignment_test.go, on machines of the same shapes.</summary>
public sealed class CpuPickerTests
{
    /// <summary>Processors, threads of a core, and how many cores a cache, a NUMA node and a socket have; threads of a core are as far apart as there are cores.</summary>
    private static readonly Dictionary<string, (int Cpus, int Threads, int CoresPerCache, int CoresPerNode, int CoresPerSocket)> Shapes = new()
    {
        ["one socket"] = (8, 2, 4, 4, 4),
        ["four nodes"] = (80, 2, 10, 10, 20),
        ["eight nodes"] = (256, 2, 16, 16, 64),
        ["four caches"] = (16, 1, 4, 16, 16),
        ["caches of two sockets"] = (16, 1, 4, 8, 8),
        ["caches of two nodes"] = (16, 1, 4, 8, 16),
        ["caches with threads"] = (16, 2, 4, 8, 8),
    };

    /// <summary>Upstream: TestTakeByTopologyNUMAPacked.</summary>
    [Theory]
    [InlineData("one socket", "0-7", 0, "")]
    [InlineData("one socket", "0-7", 1, "0")]
    [InlineData("one socket", "1,3,5-7", 1, "6")]
    [InlineData("one socket", "0-7", 2, "0,4")]
    [InlineData("one socket", "0-7", 8, "0-7")]
    [InlineData("one socket", "0-3,6", 2, "2,6")]
    [InlineData("two sockets", "0-11", 6, "0,2,4,6,8,10")]
    [InlineData("two sockets", "1-5,7-11", 1, "2")]
    [InlineData("two sockets", "0-11", 8, "0-2,4,6-8,10")]
    [InlineData("four nodes", "0-79", 40, "0-19,40-59")]
    [InlineData("four nodes", "0-79", 20, "0-9,40-49")]
    [InlineData("four nodes", "10-39,50-79", 20, "10-19,50-59")]
    [InlineData("four nodes", "0-79", 60, "0-29,40-69")]
    [InlineData("four nodes", "1-39,41-79", 60, "10-39,50-79")]
    [InlineData("four nodes", "0-79", 64, "0-31,40-71")]
    [InlineData("four nodes", "0-39,40-78", 20, "20-29,60-69")] // Of the socket that is broken up already.
    [InlineData("four nodes", "0-39,40-78", 2, "30,70")]
    public void Pick_Packed_FillsWhatItBreaksUp(string shape, string available, int count, string expected) =>
        Assert.Equal(expected, CpuPicker.Pick(Machine(shape), CpuSet.Parse(available), count).ToString());

    /// <summary>Upstream: the same, with PreferAlignByUncoreCache.</summary>
    [Theory]
    [InlineData("four caches", "1-15", 10, "1-2,4-11")]
    [InlineData("caches of two sockets", "0-15", 4, "0-3")]
    [InlineData("caches of two sockets", "2-15", 6, "2-7")]
    [InlineData("caches of two sockets", "8-15", 4, "8-11")]
    [InlineData("caches of two nodes", "3-8,12", 2, "4-5")]
    [InlineData("caches with threads", "2-7,10-15", 6, "4-6,12-14")]
    [InlineData("caches with threads", "1-7,9-15", 10, "1,4-7,9,12-15")]
    [InlineData("caches with threads", "0-15", 3, "0-1,8")]
    [InlineData("caches with threads", "1-15", 2, "4,12")] // Of the first cache, the first core has half a core only.
    [InlineData("caches of two sockets", "0-2,4-13", 3, "8-10")]
    [InlineData("one cache of two sockets", "1-5,7-11", 1, "1")]
    public void Pick_CacheAligned_PrefersWholeCaches(string shape, string available, int count, string expected) =>
        Assert.Equal(expected, CpuPicker.Pick(Machine(shape), CpuSet.Parse(available), count, isCacheAligned: true).ToString());

    /// <summary>Upstream: TestTakeByTopologyNUMADistributed.</summary>
    [Theory]
    [InlineData("one socket", "1,3,5-7", 1, 1, "6")]
    [InlineData("one socket", "0-3,6", 2, 1, "2,6")]
    [InlineData("two sockets", "0-11", 6, 1, "0,2,4,6,8,10")]
    [InlineData("four nodes", "10-39,50-79", 20, 1, "10-19,50-59")]
    [InlineData("four nodes", "0-79", 40, 1, "0-19,40-59")]
    [InlineData("four nodes", "1-39,41-79", 60, 1, "10-39,50-79")]
    [InlineData("two sockets", "0-11", 8, 1, "0-3,6-9")]
    [InlineData("four nodes", "0-79", 64, 1, "0-7,10-17,20-27,30-37,40-47,50-57,60-67,70-77")]
    [InlineData("four nodes", "0-79", 48, 1, "0-7,10-17,20-27,40-47,50-57,60-67")]
    [InlineData("four nodes", "1-29,32-39,41-69,72-79", 48, 1, "1-8,10-17,20-27,41-48,50-57,60-67")]
    [InlineData("four nodes", "2-29,31-39,42-69,71-79", 48, 1, "10-17,20-27,31-38,50-57,60-67,71-78")]
    [InlineData("four nodes", "0-2,10-12,20-22,30-32,40-41,50-51,60-61,70-71", 16, 1, "0-1,10-11,20-21,30-31,40-41,50-51,60-61,70-71")]
    [InlineData("two sockets", "1-5,7-11", 1, 1, "1")]
    [InlineData("two sockets", "1-5,7-11", 1, 2, "2")]
    [InlineData("four nodes", "0-79", 26, 1, "0-6,10-16,40-45,50-55")]
    [InlineData("four nodes", "0-79", 26, 2, "0-6,10-15,40-46,50-55")]
    [InlineData("four nodes", "0-79", 62, 1, "0-7,10-17,20-27,30-37,40-47,50-57,60-66,70-76")]
    [InlineData("four nodes", "0-79", 62, 2, "0-7,10-17,20-27,30-36,40-47,50-57,60-67,70-76")]
    [InlineData("four nodes", "0-8,10-18,20-39,40-48,50-58,60-79", 62, 1, "0-7,10-17,20-27,30-37,40-46,50-56,60-67,70-77")]
    [InlineData("four nodes", "0-8,10-18,20-39,40-48,50-58,60-79", 62, 2, "0-7,10-16,20-27,30-37,40-47,50-56,60-67,70-77")]
    [InlineData("four nodes", "0-3,10-13,20-23,30-36,40-43,50-53,60-63,70-76", 34, 1, "0-3,10-13,20-23,30-34,40-43,50-53,60-63,70-74")]
    [InlineData("eight nodes", "0,30-31,43-47,62-63,75-79,94,96,101-111,126-128,158-159,171-175,190-191,203-207,222-223,229-239,254-255", 28, 1, "43-47,75-79,96,101-105,171-174,203-206,229-232")]
    public void Pick_Spread_TakesAsMuchOfEachNode(string shape, string available, int count, int group, string expected) =>
        Assert.Equal(CpuSet.Parse(expected).ToString(), CpuSpreader.Pick(Machine(shape), CpuSet.Parse(available), count, group).ToString());

    private static Machine Machine(string name)
    {
        if (name is "two sockets" or "one cache of two sockets")
        {
            // Neighbours are of different sockets: those with even numbers are of the first.
            return new([.. Enumerable.Range(0, 12).Select(id => new Processor(id, id % 6, id % 2, id % 2, name == "two sockets" ? id % 2 : 0))], Nodes(2));
        }

        var shape = Shapes[name];
        var cores = shape.Cpus / shape.Threads;
        return new(
            [.. Enumerable.Range(0, shape.Cpus).Select(id => (Id: id, Core: id % cores)).Select(p => new Processor(p.Id, p.Core, p.Core / shape.CoresPerSocket, p.Core / shape.CoresPerNode, p.Core / shape.CoresPerCache))],
            Nodes(cores / shape.CoresPerNode));
    }

    private static IReadOnlyList<NumaNode> Nodes(int count) => [.. Enumerable.Range(0, count).Select(id => new NumaNode(id, new Dictionary<string, long>()))];
}
