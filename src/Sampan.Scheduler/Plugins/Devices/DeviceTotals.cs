using Sampan.Api.Core.V1;
using Sampan.Scheduler.Cache;

namespace Sampan.Scheduler.Plugins.Devices;

/// <summary>The devices of a node that serve an extended resource, and those of them that claims have: what scores go by.</summary>
internal static class DeviceTotals
{
    public static (long Used, long Capacity) Of(ClusterObjects objects, string resource, Node node)
    {
        if (ExtendedResources.Of(objects).ClassOf(resource) is not { } deviceClass) return default;
        var ledger = DeviceLedger.Of(objects);
        var selectors = deviceClass.Spec.Selectors.OrEmpty().Where(selector => selector.Cel is not null).Select(selector => ledger.Program(selector.Cel!.Expression)).ToList();
        var (used, capacity) = (0L, 0L);
        foreach (var device in ledger.Pools.ReachableFrom(node).SelectMany(pool => pool.ReachableFrom(node)))
        {
            if (!selectors.TrueForAll(selector => device.Match(selector).Selects)) continue;
            capacity++;
            if (ledger.IsInUse(device.Id)) used++;
        }
        return (used, capacity);
    }
}
