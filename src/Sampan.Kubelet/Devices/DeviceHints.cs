using Sampan.Kubelet.Topology;

namespace Sampan.Kubelet.Devices;

/// <summary>Which NUMA nodes could serve a request for devices.</summary>
internal static class DeviceHints
{
    /// <returns>Null where the devices' places do not matter; empty where there are too few.</returns>
    public static IReadOnlyList<TopologyHint>? Of(DeviceTable? table, IReadOnlyCollection<string> kept, IReadOnlySet<string> free, int count)
    {
        if (table is null || table.Devices.Keys.All(id => table.NodesOf(id) == 0))
        {
            return null;
        }

        var usable = kept.Concat(free).Distinct().ToList();
        if (usable.Count < count)
        {
            return [];
        }

        var all = table.Devices.Keys.Aggregate(0UL, (mask, id) => mask | table.NodesOf(id));
        return TopologyHint.ForSubsets(
            all,
            mask => table.Devices.Keys.Count(id => IsIn(table, id, mask)) >= count,
            mask => usable.Count(id => IsIn(table, id, mask)) >= count && kept.All(id => table.NodesOf(id) == 0 || IsIn(table, id, mask)));
    }

    /// <summary>A device that is nowhere serves nobody who has to be somewhere.</summary>
    private static bool IsIn(DeviceTable table, string id, ulong mask) => (table.NodesOf(id) & mask) != 0;
}
