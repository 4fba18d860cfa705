using Sampan.Scheduler.Cache;

namespace Sampan.Scheduler.Cycle;

/// <summary>
/// In which order nodes are looked at, and how many. Slots are taken in blocks of neighbours; the next block is far from
/// the last, so that a search which stops early has seen a sample of the whole cluster (zones are often registered one
/// after the other). The next search goes on where the last one ended, so all nodes get their turn.
/// </summary>
internal sealed class NodeSearch(NodeTable table, int? percentage)
{
    public const int BlockSize = 64;

    private const int MinFeasibleNodes = 100;
    private const int MinPercentage = 5;

    private int _next;

    /// <summary>How many blocks there are.</summary>
    public int BlockCount => (table.SlotCount + BlockSize - 1) / BlockSize;

    /// <summary>
    /// All nodes up to 100; above, the given share of the cluster, or by itself one that falls from 50 % to 5 % with its size.
    /// </summary>
    public static int FeasibleNodesToFind(int nodes, int? percentage)
    {
        if (nodes < MinFeasibleNodes || percentage >= 100) return nodes;
        var share = percentage is > 0 ? percentage.Value : Math.Max(MinPercentage, 50 - (nodes / 125));
        return Math.Max(MinFeasibleNodes, (int)((long)nodes * share / 100));
    }

    public int Wanted => FeasibleNodesToFind(table.Count, percentage);

    /// <summary>The first slot of the next block.</summary>
    public int NextBlock()
    {
        var blocks = BlockCount;
        _next = (_next + Stride(blocks)) % blocks;
        return _next * BlockSize;
    }

    // About 0.38 of the whole (the golden section), and without a common divisor with it: every block comes once a round.
    private static int Stride(int blocks)
    {
        var stride = Math.Max(1, (int)(blocks * 0.382));
        while (GreatestCommonDivisor(stride, blocks) != 1) stride++;
        return stride;
    }

    private static int GreatestCommonDivisor(int a, int b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);
}
