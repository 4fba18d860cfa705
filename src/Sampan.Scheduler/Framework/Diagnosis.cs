using System.Globalization;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Cycle;

namespace Sampan.Scheduler.Framework;

/// <summary>
/// Why no node could take a pod: each reason with the number of nodes that gave it. What it says of single nodes is good
/// until the cycle ends.
/// <c>0/3 nodes are available: 1 Insufficient cpu, 2 node(s) were unschedulable.</c>
/// </summary>
public sealed class Diagnosis
{
    private static readonly PluginStatus NotLookedAt = PluginStatus.Unresolvable();

    private readonly NodeTable _table;
    private readonly Verdicts _verdicts;
    private readonly ushort[] _bySlot;
    private readonly int _nodeCount;
    private readonly List<string> _restrictedBy = [];
    private readonly List<string> _narrowedBy = [];
    private HashSet<string>? _plugins;
    private string? _beforeNodes;
    private string? _text;

    internal Diagnosis(NodeTable table, Verdicts verdicts, ushort[] bySlot) =>
        (_table, _verdicts, _bySlot, _nodeCount) = (table, verdicts, bySlot, table.Count);

    /// <summary>The plugins that refused the pod somewhere.</summary>
    public IReadOnlySet<string> Plugins => _plugins ??= [.. Different().Select(id => _verdicts[id].Plugin), .. _restrictedBy, .. _narrowedBy];

    /// <summary>Why a plugin refused the pod without looking at any node.</summary>
    internal string? BeforeNodes => _beforeNodes;

    /// <summary>What making room has led to; it follows the reasons.</summary>
    public string? PostFilterMessage { get; set; }

    /// <summary>The nodes that refused the pod, with the first rule that did.</summary>
    public IEnumerable<(NodeInfo Node, string Plugin, PluginStatus Status)> Refusals
    {
        get
        {
            for (var slot = 0; slot < _table.SlotCount; slot++)
            {
                if (_bySlot[slot] == Verdicts.Passes || _table[slot] is not { } node) continue;
                var verdict = _verdicts[_bySlot[slot]];
                yield return (node, verdict.Plugin, verdict.Status);
            }
        }
    }

    public PluginStatus StatusOf(NodeInfo node)
    {
        if (_bySlot[node.Slot] is var id && id != Verdicts.Passes) return _verdicts[id].Status;
        return _beforeNodes is null && _restrictedBy.Count == 0 ? PluginStatus.Success : NotLookedAt;
    }

    public void Refused(NodeInfo node, string plugin, PluginStatus status) => _bySlot[node.Slot] = _verdicts.IdOf(plugin, status);

    /// <summary>A plugin refused the pod without looking at any node.</summary>
    internal void RefusedBeforeNodes(string plugin, PluginStatus status)
    {
        _restrictedBy.Add(plugin);
        _beforeNodes = status.Message;
    }

    /// <summary>Why the one node that was chosen was not given to the pod after all.</summary>
    internal static string OfOneNode(PluginStatus status) =>
        $"0/1 nodes are available: {string.Join(", ", (status.Reasons ?? []).Select(reason => $"1 {reason}").Order(StringComparer.Ordinal))}.";

    /// <summary>A plugin left only some nodes to look at.</summary>
    internal void Restricted(string plugin) => _restrictedBy.Add(plugin);

    /// <summary>Somebody took nodes away without a word.</summary>
    internal void Narrowed(string by) => _narrowedBy.Add(by);

    /// <summary>Works the text out while the cycle's state is there.</summary>
    internal void Keep()
    {
        _ = Plugins;
        _text = Describe();
    }

    public override string ToString() => (_text ?? Describe()) + (PostFilterMessage is null ? "" : " " + PostFilterMessage);

    private string Describe()
    {
        if (_nodeCount == 0) return "no nodes available to schedule pods";
        var reasons = _beforeNodes ?? string.Join(", ", Histogram().Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Value} {r.Key}")).Order(StringComparer.Ordinal));
        return string.Create(CultureInfo.InvariantCulture, $"0/{_nodeCount} nodes are available: {reasons}.");
    }

    private Dictionary<string, int> Histogram()
    {
        var reasons = new Dictionary<string, int>();
        var counts = Counts();
        var looked = 0;
        foreach (var (id, count) in counts)
        {
            looked += count;
            foreach (var reason in _verdicts[id].Status.Reasons ?? []) reasons[reason] = reasons.GetValueOrDefault(reason) + count;
        }
        if (_restrictedBy.Count > 0 && looked < _nodeCount) reasons[$"node(s) didn't satisfy plugin(s) [{string.Join(' ', _restrictedBy)}]"] = _nodeCount - looked;
        return reasons;
    }

    private IEnumerable<ushort> Different() => Counts().Keys;

    private Dictionary<ushort, int> Counts()
    {
        var counts = new Dictionary<ushort, int>();
        for (var slot = 0; slot < _table.SlotCount; slot++)
        {
            if (_bySlot[slot] != Verdicts.Passes && _table[slot] is not null) counts[_bySlot[slot]] = counts.GetValueOrDefault(_bySlot[slot]) + 1;
        }
        return counts;
    }
}
