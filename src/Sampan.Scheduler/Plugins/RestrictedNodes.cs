using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Plugins;

/// <summary>For filters that can only refuse cordoned and tainted nodes: the others, mostly all, are passed by.</summary>
internal static class RestrictedNodes
{
    public static void Filter(IFilterPlugin plugin, CycleState state, PodInfo pod, NodeTable nodes, int first, Span<PluginStatus> statuses)
    {
        var restricted = nodes.Restricted(first, statuses.Length);
        if (!restricted.Contains(true)) return;
        for (var i = 0; i < statuses.Length; i++)
        {
            if (restricted[i] && statuses[i].IsSuccess && nodes[first + i] is { } node) statuses[i] = plugin.Filter(state, pod, node);
        }
    }
}
