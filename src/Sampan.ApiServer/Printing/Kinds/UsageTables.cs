using Sampan.Api;
using Sampan.Api.Metrics.V1Beta1;
using static Sampan.ApiServer.Printing.Columns;

namespace Sampan.ApiServer.Printing.Kinds;

/// <summary>What nodes and pods use.</summary>
internal static class UsageTables
{
    public static TableColumns Nodes { get; } = new TableColumns<NodeMetrics>
    {
        Name<NodeMetrics>(),
        Text<NodeMetrics>("cpu", "The cores in use.", m => Amount([m.Usage], "cpu")),
        Text<NodeMetrics>("memory", "The memory in use.", m => Amount([m.Usage], "memory")),
        Text<NodeMetrics>("Window", "The time over which it was measured.", m => m.Window.ToString()),
    };

    public static TableColumns Pods { get; } = new TableColumns<PodMetrics>
    {
        Name<PodMetrics>(),
        Text<PodMetrics>("cpu", "The cores in use, of all containers.", m => Amount(m.Containers.Select(c => c.Usage), "cpu")),
        Text<PodMetrics>("memory", "The memory in use, of all containers.", m => Amount(m.Containers.Select(c => c.Usage), "memory")),
        Text<PodMetrics>("Window", "The time over which it was measured.", m => m.Window.ToString()),
    };

    private static string Amount(IEnumerable<Dictionary<string, Quantity>> usages, string resource) =>
        usages.Where(u => u.ContainsKey(resource)).Select(u => u[resource]).Aggregate(Quantity.Zero, (sum, one) => sum + one).ToString();
}
