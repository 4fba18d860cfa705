using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Bindings;

/// <summary>Runs Reserve and Permit for a pod that was given a node.</summary>
internal static class Reservations
{
    public static (PluginStatus Status, string? Plugin, IReadOnlyList<WaitingPod> Waiting) Make(Profile profile, CycleState state, PodInfo pod, string node, SchedulerMetrics metrics)
    {
        var started = metrics.Now();
        var (status, refusing) = Reserve(profile, state, pod, node);
        metrics.Ran(ExtensionPoint.Reserve, status.Code, profile, started);
        if (!status.IsSuccess || profile.Permit.Count == 0) return (status, refusing, []);
        started = metrics.Now();
        var waiting = new List<WaitingPod>();
        (status, refusing) = Permit(profile, state, pod, node, waiting);
        metrics.Ran(ExtensionPoint.Permit, status.IsSuccess && waiting.Count > 0 ? Code.Wait : status.Code, profile, started);
        return (status, refusing, waiting);
    }

    public static void TakeBack(Placement placement, SchedulerMetrics metrics)
    {
        var started = metrics.Now();
        foreach (var plugin in placement.Profile.Reserve) plugin.Unreserve(placement.State, placement.Queued.Pod, placement.Node);
        metrics.Ran(ExtensionPoint.Unreserve, Code.Success, placement.Profile, started);
    }

    private static (PluginStatus Status, string? Plugin) Reserve(Profile profile, CycleState state, PodInfo pod, string node)
    {
        foreach (var plugin in profile.Reserve)
        {
            var status = plugin.Reserve(state, pod, node);
            if (!status.IsSuccess) return (InFull(ExtensionPoint.Reserve, plugin.Name, status), plugin.Name);
        }
        return default;
    }

    private static (PluginStatus Status, string? Plugin) Permit(Profile profile, CycleState state, PodInfo pod, string node, List<WaitingPod> waiting)
    {
        foreach (var plugin in profile.Permit)
        {
            var (status, waits) = plugin.Permit(state, pod, node);
            if (status.Code == Code.Wait && waits is not null)
            {
                waits.Plugin = plugin.Name;
                waiting.Add(waits);
            }
            else if (!status.IsSuccess)
            {
                return (InFull(ExtensionPoint.Permit, plugin.Name, status), plugin.Name);
            }
        }
        return default;
    }

    private static PluginStatus InFull(ExtensionPoint point, string plugin, PluginStatus status) =>
        status.Code == Code.Error ? PluginStatus.Error(PluginFailedException.Text(point, plugin, status.Message)) : status;
}
