namespace Sampan.Kubelet.Topology;

/// <summary>Whose memory lies where, and how that left the machine when it was written.</summary>
/// <param name="Blocks">What is given out.</param>
/// <param name="Nodes">The machine; none where nobody has written anything yet.</param>
internal sealed record MemoryState(IReadOnlyList<MemoryBlock> Blocks, IReadOnlyList<NumaMemory> Nodes)
{
    public static readonly MemoryState None = new([], []);

    /// <summary>Why a kubelet cannot go on with it: the machine, or what is reserved of it, is another one than when it was written.</summary>
    /// <param name="machine">As it is now, with nothing given out.</param>
    /// <returns>Null where it can.</returns>
    /// <remarks>Upstream: validateState in pkg/kubelet/cm/memorymanager/policy_static.go.</remarks>
    public string? Problem(IReadOnlyList<NumaMemory> machine)
    {
        if (Nodes.Count == 0)
        {
            return Blocks.Count == 0 ? null : "[memorymanager] machine state can not be empty when it has memory assignments";
        }

        return Blocks.Select(block => Problem(block, machine)).FirstOrDefault(problem => problem is not null)
            ?? (IsLike(NumaMemory.Of(machine, Blocks)) ? null : "[memorymanager] the expected machine state is different from the real one");
    }

    private static string? Problem(MemoryBlock block, IReadOnlyList<NumaMemory> machine)
    {
        var known = machine.Where(node => NumaMask.Has(block.Nodes, node.Id)).ToList();
        var missing = known.Count < NumaMask.Count(block.Nodes) ? "the NUMA"
            : known.TrueForAll(node => node.Tables.Any(t => t.Resource == block.Resource)) ? null
            : "memory resource";
        return missing is null ? null : $"[memorymanager] (pod: {block.PodUid}, container: {block.Container}) the memory assignment uses {missing} that does not exist";
    }

    /// <summary>Nodes that serve together may share out what they give in different ways.</summary>
    private bool IsLike(IReadOnlyList<NumaMemory> expected) => expected.Count == Nodes.Count && expected.Zip(Nodes.OrderBy(n => n.Id)).All(pair =>
        pair.First.Id == pair.Second.Id
        && pair.First.Assignments == pair.Second.Assignments
        && pair.First.Cells.Order().SequenceEqual(pair.Second.Cells.Order())
        && Sizes(pair.First).SequenceEqual(Sizes(pair.Second))
        && Reserved(expected, pair.First.Cells).SequenceEqual(Reserved(Nodes, pair.First.Cells)));

    private static IEnumerable<(string, long, long, long)> Sizes(NumaMemory node) =>
        node.Tables.OrderBy(t => t.Resource, StringComparer.Ordinal).Select(t => (t.Resource, t.Table.Total, t.Table.SystemReserved, t.Table.Allocatable));

    private static IEnumerable<(string, long)> Reserved(IReadOnlyList<NumaMemory> nodes, IReadOnlyList<int> cells) => nodes
        .Where(node => cells.Contains(node.Id))
        .SelectMany(node => node.Tables)
        .GroupBy(t => t.Resource, t => t.Table.Reserved)
        .OrderBy(g => g.Key, StringComparer.Ordinal)
        .Select(g => (g.Key, g.Sum()));
}
