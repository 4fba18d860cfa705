using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Selectors;

namespace Sampan.ControllerManager.ReplicaSets;

internal sealed class ReplicaSetKind : ReplicaKind<ReplicaSet>
{
    public override int ReplicasOf(ReplicaSet set) => set.Spec.Replicas ?? 1;

    public override int MinReadySecondsOf(ReplicaSet set) => set.Spec.MinReadySeconds;

    public override Selector SelectorOf(ReplicaSet set) => Selector.From(set.Spec.Selector);

    public override PodTemplateSpec TemplateOf(ReplicaSet set) => set.Spec.Template;

    public override ReplicaSetStatus StatusOf(ReplicaSet set) => set.Status;

    public override void SetStatus(ReplicaSet set, ReplicaSetStatus status) => set.Status = status;
}
