using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Selectors;

namespace Sampan.ControllerManager.ReplicaSets;

/// <summary>A ReplicationController selects by labels alone and does not count terminating pods.</summary>
internal sealed class ReplicationControllerKind : ReplicaKind<ReplicationController>
{
    public override int ReplicasOf(ReplicationController set) => set.Spec.Replicas ?? 1;

    public override int MinReadySecondsOf(ReplicationController set) => set.Spec.MinReadySeconds;

    /// <summary>Without a selector the template's labels select; without those, nothing does.</summary>
    public override Selector SelectorOf(ReplicationController set)
    {
        var labels = set.Spec.Selector is { Count: > 0 } own ? own : TemplateOf(set).Metadata.Labels;
        return labels is { Count: > 0 } ? Selector.FromLabels(labels) : Selector.Nothing;
    }

    public override PodTemplateSpec TemplateOf(ReplicationController set) => set.Spec.Template ?? new PodTemplateSpec();

    public override ReplicaSetStatus StatusOf(ReplicationController set) => new()
    {
        Conditions = set.Status.Conditions?.ConvertAll(c => new ReplicaSetCondition
        {
            Type = c.Type, Status = c.Status, LastTransitionTime = c.LastTransitionTime, Reason = c.Reason, Message = c.Message,
        }),
    };

    public override void SetStatus(ReplicationController set, ReplicaSetStatus status) => set.Status = new()
    {
        Replicas = status.Replicas,
        FullyLabeledReplicas = status.FullyLabeledReplicas,
        ReadyReplicas = status.ReadyReplicas,
        AvailableReplicas = status.AvailableReplicas,
        ObservedGeneration = status.ObservedGeneration,
        Conditions = status.Conditions?.ConvertAll(c => new ReplicationControllerCondition
        {
            Type = c.Type, Status = c.Status, LastTransitionTime = c.LastTransitionTime, Reason = c.Reason, Message = c.Message,
        }),
    };
}
