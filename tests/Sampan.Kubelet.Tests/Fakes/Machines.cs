using Sampan.Kubelet.Topology;

namespace Sampan.Kubelet.Tests.Fakes;

/// <summary>Machines to place containers on.</summary>
internal static class Machines
{
    private const long Gibibyte = 1L << 30;

    /// <summary>
    /// Two sockets, each a NUMA node of 4 cores with 2 threads: core c has processors c and c + 8.
    /// <code>node 0: 0-3,8-11   node 1: 4-7,12-15   10 GiB each</code>
    /// </summary>
    public static Machine TwoSockets() => new(
        [.. Enumerable.Range(0, 16).Select(id => new Processor(id, id % 8, id % 8 / 4, id % 8 / 4))],
        [Node(0), Node(1)]);

    private static NumaNode Node(int id) => new(id, new Dictionary<string, long> { ["memory"] = 10 * Gibibyte, ["hugepages-2Mi"] = Gibibyte });
}
