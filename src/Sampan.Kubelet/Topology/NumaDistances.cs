namespace Sampan.Kubelet.Topology;

/// <summary>
/// Which of two sets of NUMA nodes is better: the smaller, then the one whose nodes are nearer to each other.
/// <code>
/// 0 and 1 are 12 apart, 0 and 2 are 32 apart       → {0,1} before {0,2}
/// </code>
/// </summary>
internal sealed class NumaDistances(Machine machine)
{
    private readonly Dictionary<int, IReadOnlyList<int>> _from = machine.Nodes.ToDictionary(node => node.Id, node => node.Distances ?? []);

    public bool IsCloser(ulong mask, ulong than)
    {
        if (NumaMask.Count(mask) != NumaMask.Count(than))
        {
            return NumaMask.IsNarrower(mask, than);
        }

        var (mine, others) = (Sum(mask), Sum(than));
        return mine != others ? mine < others : mask < than;
    }

    /// <summary>Sets of equal size are compared, for which sums do as well as averages.</summary>
    private int Sum(ulong mask) => NumaMask.Nodes(mask).SelectMany(_ => NumaMask.Nodes(mask), Between).Sum();

    private int Between(int from, int to) => _from.GetValueOrDefault(from, []).ElementAtOrDefault(to);
}
