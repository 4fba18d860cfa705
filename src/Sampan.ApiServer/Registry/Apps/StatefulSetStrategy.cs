using Sampan.Api;
using Sampan.Api.Apps.V1;
using Sampan.ApiServer.Registry.Core;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Apps;

/// <summary>Stateful sets.</summary>
internal sealed class StatefulSetStrategy() : SpecStatusStrategy<StatefulSet>(Parts)
{
    private static readonly SpecStatus<StatefulSet> Parts = new(
        (from, to) => to.Spec = from.Spec,
        (from, to) => to.Status = from.Status,
        set => set.Status = new StatefulSetStatus(),
        (a, b) => a.Spec.DeepEquals(b.Spec))
    {
        PodsOf = set => set.Spec.Template.Spec,
    };

    protected override void Default(StatefulSet set)
    {
        var spec = set.Spec;
        spec.Replicas ??= 1;
        spec.RevisionHistoryLimit ??= 10;
        spec.PodManagementPolicy = string.IsNullOrEmpty(spec.PodManagementPolicy) ? "OrderedReady" : spec.PodManagementPolicy;
        if (string.IsNullOrEmpty(spec.UpdateStrategy.Type))
        {
            spec.UpdateStrategy.Type = "RollingUpdate";
        }
        if (spec.UpdateStrategy.Type == "RollingUpdate")
        {
            spec.UpdateStrategy.RollingUpdate ??= new RollingUpdateStatefulSetStrategy();
            spec.UpdateStrategy.RollingUpdate.Partition ??= 0;
        }
        spec.PersistentVolumeClaimRetentionPolicy ??= new StatefulSetPersistentVolumeClaimRetentionPolicy();
        var retention = spec.PersistentVolumeClaimRetentionPolicy;
        retention.WhenDeleted = string.IsNullOrEmpty(retention.WhenDeleted) ? "Retain" : retention.WhenDeleted;
        retention.WhenScaled = string.IsNullOrEmpty(retention.WhenScaled) ? "Retain" : retention.WhenScaled;
        foreach (var claim in spec.VolumeClaimTemplates.OrEmpty())
        {
            claim.Spec.VolumeMode = string.IsNullOrEmpty(claim.Spec.VolumeMode) ? "Filesystem" : claim.Spec.VolumeMode;
            claim.Status.Phase = string.IsNullOrEmpty(claim.Status.Phase) ? "Pending" : claim.Status.Phase;
        }
        PodDefaults.ApplyTemplate(spec.Template.Spec);
    }

    public override NameCheck NameCheck => NameChecks.Label;

    protected override void Validate(WriteContext context, StatefulSet set, FieldErrors errors) =>
        StatefulSetValidation.Validate(set.Spec, errors);

    protected override void ValidateUpdate(WriteContext context, StatefulSet set, StatefulSet old, FieldErrors errors) =>
        StatefulSetValidation.ValidateUpdate(set.Spec, old.Spec, errors);

    protected override IEnumerable<string> Warnings(WriteContext context, StatefulSet set, StatefulSet? old) =>
    [
        .. WorkloadWarnings.OfTemplate(set, old, set.Spec.Template, FieldPath.Of("spec", "template")),
        .. set.Spec.VolumeClaimTemplates.OrEmpty().Index().SelectMany(one => FractionalWarnings.OfClaim(one.Item.Spec, PathOf(one.Index, old))),
        .. set.Spec.RevisionHistoryLimit < 0
            ? ["spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended"] : Array.Empty<string>(),
    ];

    /// <summary>Where a warning says that a claim is; upstream says it in two ways.</summary>
    private static FieldPath PathOf(int claim, StatefulSet? old)
    {
        var path = FieldPath.Of("spec", "volumeClaimTemplates").Index(claim);
        return old is null ? path : path.Child("Spec");
    }

    protected override void ValidateStatusUpdate(WriteContext context, StatefulSet set, StatefulSet old, FieldErrors errors)
    {
        var (status, path) = (set.Status, FieldPath.Of("status"));
        FieldChecks.NotNegative(path.Child("replicas"), status.Replicas, errors);
        FieldChecks.NotNegative(path.Child("readyReplicas"), status.ReadyReplicas, errors);
        FieldChecks.NotNegative(path.Child("currentReplicas"), status.CurrentReplicas, errors);
        FieldChecks.NotNegative(path.Child("updatedReplicas"), status.UpdatedReplicas, errors);
        FieldChecks.NotNegative(path.Child("availableReplicas"), status.AvailableReplicas, errors);
        FieldChecks.NotNegative(path.Child("observedGeneration"), status.ObservedGeneration, errors);
        FieldChecks.NotNegative(path.Child("collisionCount"), status.CollisionCount, errors);
        WorkloadValidation.NotAbove(path.Child("readyReplicas"), status.ReadyReplicas, status.Replicas, "status.replicas", errors);
        WorkloadValidation.NotAbove(path.Child("currentReplicas"), status.CurrentReplicas, status.Replicas, "status.replicas", errors);
        WorkloadValidation.NotAbove(path.Child("updatedReplicas"), status.UpdatedReplicas, status.Replicas, "status.replicas", errors);
        WorkloadValidation.NotAbove(path.Child("availableReplicas"), status.AvailableReplicas, status.Replicas, "status.replicas", errors);
        WorkloadValidation.NotAbove(
            path.Child("availableReplicas"), status.AvailableReplicas, status.ReadyReplicas, "status.readyReplicas", errors);
        WorkloadValidation.NotDecremented(path.Child("collisionCount"), status.CollisionCount, old.Status.CollisionCount, errors);
    }
}
