using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Cycle;

/// <summary>
/// What is known of all pods that are equal: each node's verdict and raw scores, by slot, with the version of the node that
/// they were worked out for. Only nodes that changed since are asked again.
/// </summary>
internal sealed class EquivalenceClass
{
    private long[] _verdictVersions = [];
    private ushort[] _verdicts = [];
    private Column[] _scores = [];

    /// <summary>What plugins remember for the class.</summary>
    public TypeSlots Shared { get; private set; } = new();

    public string Key { get; set; } = "";

    public long LastUse { get; set; }

    public int Size => _verdicts.Length;

    public ReadOnlySpan<long> VerdictVersions => _verdictVersions;

    public Span<ushort> Verdicts => _verdicts;

    /// <summary>Makes room for all slots and score plugins.</summary>
    public void Fit(int slots, int scores)
    {
        if (_scores.Length != scores) _scores = [.. Enumerable.Range(0, scores).Select(_ => new Column())];
        if (slots <= _verdicts.Length) return;
        var size = Math.Max(slots, Math.Min(_verdicts.Length * 2, slots + 4096));
        Array.Resize(ref _verdictVersions, size);
        Array.Resize(ref _verdicts, size);
    }

    public void SetVerdict(int slot, long version, ushort verdict)
    {
        _verdictVersions[slot] = version;
        _verdicts[slot] = verdict;
    }

    /// <summary>The scores of one plugin: worked out anew for nodes that changed.</summary>
    public void Score(int index, IScorePlugin plugin, CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes, Span<long> scores)
    {
        var column = _scores[index];
        column.Fit(Size);
        var current = state.Cluster.Table.Versions;
        for (var i = 0; i < scores.Length; i++)
        {
            var slot = nodes[i].Slot;
            if (column.Versions[slot] != current[slot])
            {
                column.Versions[slot] = current[slot];
                column.Values[slot] = plugin.Score(state, pod, nodes[i]);
            }
            scores[i] = column.Values[slot];
        }
    }

    /// <summary>Gives the arrays to another class.</summary>
    public void Clear()
    {
        Array.Clear(_verdictVersions);
        foreach (var column in _scores) Array.Clear(column.Versions);
        Shared = new();
    }

    private sealed class Column
    {
        public long[] Versions { get; private set; } = [];
        public long[] Values { get; private set; } = [];

        public void Fit(int size)
        {
            if (Versions.Length >= size) return;
            var (versions, values) = (Versions, Values);
            Array.Resize(ref versions, size);
            Array.Resize(ref values, size);
            (Versions, Values) = (versions, values);
        }
    }
}
