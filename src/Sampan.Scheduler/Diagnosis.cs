using System.Globalization;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler;

/// <summary>
/// Why no node could take a pod: each reason with the number of nodes that gave it.
/// <c>0/3 nodes are available: 1 Insufficient cpu, 2 node(s) were unschedulable.</c>
/// </summary>
public sealed class Diagnosis(int nodeCount)
{
    private readonly SortedDictionary<string, int> _reasons = new(StringComparer.Ordinal);
    private readonly HashSet<string> _plugins = [];
    private string? _beforeNodes;

    /// <summary>The plugins that refused the pod somewhere.</summary>
    public IReadOnlySet<string> Plugins => _plugins;

    public void Refused(string plugin, PluginStatus status)
    {
        _plugins.Add(plugin);
        foreach (var reason in status.Reasons ?? []) _reasons[reason] = _reasons.GetValueOrDefault(reason) + 1;
    }

    /// <summary>A plugin refused the pod without looking at any node.</summary>
    public void RefusedBeforeNodes(string plugin, PluginStatus status)
    {
        _plugins.Add(plugin);
        _beforeNodes = string.Join(", ", status.Reasons ?? []);
    }

    public override string ToString()
    {
        if (nodeCount == 0) return "no nodes available to schedule pods";
        var reasons = _beforeNodes ?? string.Join(", ", _reasons.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Value} {r.Key}")).Order(StringComparer.Ordinal));
        return string.Create(CultureInfo.InvariantCulture, $"0/{nodeCount} nodes are available: {reasons}.");
    }
}
