using Sampan.Api.Core.V1;
using Sampan.ControllerManager.NodeLifecycle;

namespace Sampan.ControllerManager.EndpointSlices;

/// <summary>Each zone's share of the cluster's CPUs, for topology-mode Auto: about as much traffic starts there.</summary>
internal static class ZoneShares
{
    public const string Label = "topology.kubernetes.io/zone";
    private static readonly string[] Excluded = ["node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master"];

    /// <summary>Null when there are not two zones, or one ready node does not say its zone or its CPUs.</summary>
    public static SortedDictionary<string, double>? Of(IEnumerable<Node> nodes)
    {
        var cpus = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var (zone, cpu) in nodes.Select(FactsOf).OfType<(string Zone, double Cpu)>())
        {
            if (zone.Length == 0 || cpu <= 0) return null;
            cpus[zone] = cpus.GetValueOrDefault(zone) + cpu;
        }

        if (cpus.Count < 2) return null;
        var total = cpus.Values.Sum();
        foreach (var zone in cpus.Keys.ToList()) cpus[zone] /= total;
        return cpus;
    }

    /// <summary>What counts of a node; null for one that serves no workloads.</summary>
    public static (string Zone, double Cpu)? FactsOf(Node? node)
    {
        if (node is null || NodeTaints.Ready(node) != "True" || Array.Exists(Excluded, l => node.Metadata.Labels?.ContainsKey(l) == true)) return null;
        var cpu = node.Status.Allocatable.OrEmpty().TryGetValue("cpu", out var quantity) ? quantity.AsMilli() : 0;
        return (node.Metadata.Labels?.GetValueOrDefault(Label) ?? "", cpu);
    }
}
