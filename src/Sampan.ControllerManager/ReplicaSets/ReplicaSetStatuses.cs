using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Selectors;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.ReplicaSets;

/// <summary>Counts the pods of a ReplicaSet, or of its elder kin, into its status.</summary>
internal static class ReplicaSetStatuses
{
    private const string ReplicaFailure = "ReplicaFailure";

    public static ReplicaSetStatus Of<TSet>(
        ReplicaKind<TSet> kind, TSet set, List<Pod> active, int terminating, Exception? failure, DateTimeOffset now)
        where TSet : class, IObject<TSet>
    {
        var template = Selector.FromLabels(kind.TemplateOf(set).Metadata.Labels);
        var status = kind.StatusOf(set).DeepClone();
        status.Replicas = active.Count;
        status.FullyLabeledReplicas = active.Count(p => template.Matches(p.Metadata.Labels));
        status.ReadyReplicas = active.Count(p => p.IsReady());
        status.AvailableReplicas = active.Count(p => p.IsAvailable(kind.MinReadySecondsOf(set), now));
        status.TerminatingReplicas = terminating;
        status.ObservedGeneration = set.Metadata.Generation;
        SetFailure(status, failure, now);
        return status;
    }

    private static void SetFailure(ReplicaSetStatus status, Exception? failure, DateTimeOffset now)
    {
        var known = status.Conditions?.Find(c => c.Type == ReplicaFailure);
        if (failure is null)
        {
            if (known is not null) status.Conditions!.Remove(known);
            return;
        }

        if (known is not null) return;
        (status.Conditions ??= []).Add(new ReplicaSetCondition
        {
            Type = ReplicaFailure,
            Status = "True",
            LastTransitionTime = now,
            Reason = failure is PodDeletionException ? "FailedDelete" : "FailedCreate",
            Message = failure.Message,
        });
    }
}
