using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Bindings;

/// <summary>Runs Reserve and Permit for a pod that was given a node.</summary>
internal static class Reservations
{
    public static (PluginStatus Status, string? Plugin, IReadOnlyList<WaitingPod> Waiting) Make(Profile profile, CycleState state, PodInfo pod, string node)
    {
        foreach (var plugin in profile.Reserve)
        {
            var status = plugin.Reserve(state, pod, node);
            if (!status.IsSuccess) return (status, plugin.Name, []);
        }
        List<WaitingPod>? waiting = null;
        foreach (var plugin in profile.Permit)
        {
            var (status, waits) = plugin.Permit(state, pod, node);
            if (status.Code == Code.Wait && waits is not null) (waiting ??= []).Add(waits);
            else if (!status.IsSuccess) return (status, plugin.Name, []);
        }
        return (PluginStatus.Success, null, waiting ?? (IReadOnlyList<WaitingPod>)[]);
    }

    public static void TakeBack(Placement placement)
    {
        foreach (var plugin in placement.Profile.Reserve) plugin.Unreserve(placement.State, placement.Queued.Pod, placement.Node);
    }
}
