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
        status.CollisionCount = collisionCount ?? 0;
        if (view.IsRolling) CompleteUpdate(status, view.Replicas);
        return status;
    }

    /// <summary>Once as many pods as wanted are there, ready and of the new revision, that revision is the current one.</summary>
    private static void CompleteUpdate(StatefulSetStatus status, int replicas)
    {
        if (status.Replicas != replicas || status.UpdatedReplicas != replicas || status.ReadyReplicas != replicas) return;
        status.CurrentReplicas = status.UpdatedReplicas;
        status.CurrentRevision = status.UpdateRevision;
    }
}
