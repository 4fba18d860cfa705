namespace Sampan.Kubelet.Topology;

/// <summary>How the memory of a NUMA node is given out.</summary>
/// <param name="Id">The node's number.</param>
/// <param name="Assignments">How many blocks lie on it.</param>
/// <param name="Tables">By resource, in order of their names.</param>
/// <param name="Cells">The nodes that it serves together with.</param>
internal sealed record NumaMemory(int Id, int Assignments, IReadOnlyList<(string Resource, MemoryTable Table)> Tables, IReadOnlyList<int> Cells)
{
    /// <summary>The machine's nodes once these blocks are given out: each block fills its first node before the next.</summary>
    /// <param name="nodes">With nothing given out.</param>
    /// <param name="blocks">What is given out.</param>
    public static IReadOnlyList<NumaMemory> Of(IEnumerable<NumaMemory> nodes, IEnumerable<MemoryBlock> blocks)
    {
        var state = nodes.ToDictionary(n => n.Id);
        foreach (var block in blocks)
        {
            var left = block.Size;
            foreach (var id in NumaMask.Nodes(block.Nodes).Where(state.ContainsKey))
            {
                (state[id], left) = state[id].With(block, left);
            }
        }

        return [.. state.Values.OrderBy(n => n.Id)];
    }

    /// <returns>The node with as much of a block as it has room for, and what is left of the block.</returns>
    private (NumaMemory Node, long Left) With(MemoryBlock block, long left)
    {
        var taken = Tables.Where(t => t.Resource == block.Resource).Sum(t => Math.Clamp(t.Table.Free, 0, left));
        var tables = Tables.Select(t => t.Resource == block.Resource ? (t.Resource, t.Table with { Reserved = t.Table.Reserved + taken }) : t);
        return (this with { Assignments = Assignments + 1, Cells = [.. NumaMask.Nodes(block.Nodes)], Tables = [.. tables] }, left - taken);
    }
}
