using Sampan.Api.Apps.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.DaemonSets;

internal static class DaemonStatuses
{
    /// <summary>Each node counts by its oldest pod, or by its current one when it has both.</summary>
    public static DaemonSetStatus Of(DaemonView view)
    {
        var status = view.Set.Status.DeepClone();
        (status.CurrentNumberScheduled, status.NumberMisscheduled, status.NumberReady) = (0, 0, 0);
        (status.UpdatedNumberScheduled, status.NumberAvailable) = (0, 0);
        foreach (var node in view.Nodes)
        {
            var pods = view.On(node);
            if (pods.Count == 0) continue;
            if (!view.ShouldRun(node))
            {
                status.NumberMisscheduled++;
                continue;
            }

            status.CurrentNumberScheduled++;
            if (pods.Exists(p => p.IsReady())) status.NumberReady++;
            if (pods.Exists(view.IsAvailable)) status.NumberAvailable++;
            if (pods.Exists(view.IsCurrent)) status.UpdatedNumberScheduled++;
        }

        status.DesiredNumberScheduled = view.Desired;
        status.NumberUnavailable = view.Desired - status.NumberAvailable;
        status.ObservedGeneration = view.Set.Metadata.Generation;
        return status;
    }
}
