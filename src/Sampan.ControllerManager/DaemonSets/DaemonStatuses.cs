using Sampan.Api.Apps.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.DaemonSets;

internal static class DaemonStatuses
{
    /// <summary>Each node counts by its oldest pod: while a surge hands over, that is the old one.</summary>
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
            if (pods[0].IsReady()) status.NumberReady++;
            if (view.IsAvailable(pods[0])) status.NumberAvailable++;
            if (view.IsCurrent(pods[0])) status.UpdatedNumberScheduled++;
        }

        status.DesiredNumberScheduled = view.Desired;
        status.NumberUnavailable = view.Desired - status.NumberAvailable;
        status.ObservedGeneration = view.Set.Metadata.Generation;
        return status;
    }
}
