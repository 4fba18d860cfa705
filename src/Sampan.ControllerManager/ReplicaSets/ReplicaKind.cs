using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Selectors;

namespace Sampan.ControllerManager.ReplicaSets;

/// <summary>What the replica controller needs to know of a kind that keeps a number of pods; status in a ReplicaSet's form.</summary>
internal abstract class ReplicaKind<TSet>
    where TSet : class, IObject<TSet>
{
    public abstract int ReplicasOf(TSet set);

    public abstract int MinReadySecondsOf(TSet set);

    public abstract Selector SelectorOf(TSet set);

    public abstract PodTemplateSpec TemplateOf(TSet set);

    public abstract ReplicaSetStatus StatusOf(TSet set);

    public abstract void SetStatus(TSet set, ReplicaSetStatus status);
}
