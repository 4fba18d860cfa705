using Sampan.Api.Apps.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.StatefulSets;

internal static class StatefulStatuses
{
    public static StatefulSetStatus Of(StatefulView view, int? collisionCount)
    {
        var status = view.Set.Status.DeepClone();
        var staying = view.Pods.Where(p => p.Metadata.DeletionTimestamp is null).Select(StatefulPods.RevisionOf).ToList();
        status.ObservedGeneration = view.Set.Metadata.Generation;
        status.Replicas = view.Pods.Count;
        status.ReadyReplicas = view.Pods.Count(p => p.Status.Phase == "Running" && p.IsReady());
        status.AvailableReplicas = view.Pods.Count(p => p.Status.Phase == "Running" && p.IsAvailable(view.Set.Spec.MinReadySeconds, view.Now));
        status.CurrentReplicas = staying.Count(r => r == view.CurrentRevision);
        status.UpdatedReplicas = staying.Count(r => r == view.UpdateRevision);
        (status.CurrentRevision, status.UpdateRevision) = (view.CurrentRevision, view.UpdateRevision);
        status.CollisionCount = collisionCount;
        if (view.IsRolling) CompleteUpdate(status);
        return status;
    }

    /// <summary>Once every pod has the new revision and is ready, that revision is the current one.</summary>
    private static void CompleteUpdate(StatefulSetStatus status)
    {
        if (status.UpdatedReplicas != status.Replicas || status.ReadyReplicas != status.Replicas) return;
        status.CurrentReplicas = status.UpdatedReplicas;
        status.CurrentRevision = status.UpdateRevision;
    }
}
