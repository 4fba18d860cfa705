using Sampan.Api;
using Sampan.Api.Apps.V1;
using Sampan.ApiServer.Registry.Core;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Apps;

/// <summary>Stateful sets.</summary>
internal sealed class StatefulSetStrategy() : SpecStatusStrategy<StatefulSet>(Parts)
{
    private const string OnlySome =
        "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', "
        + "'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";

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

    protected override void Validate(WriteContext context, StatefulSet set, FieldErrors errors)
    {
        ValidateSpec(set.Spec, FieldPath.Of("spec"), errors);
        if (set.Spec.ServiceName.Length > 0)
        {
            errors.Invalid(FieldPath.Of("spec").Child("serviceName"), set.Spec.ServiceName, Names.IsDns1123Label(set.Spec.ServiceName));
        }
    }

    protected override void ValidateUpdate(WriteContext context, StatefulSet set, StatefulSet old, FieldErrors errors)
    {
        ValidateSpec(set.Spec, FieldPath.Of("spec"), errors);
        var (a, b) = (set.DeepClone().Spec, old.Spec);
        (a.Replicas, a.Ordinals, a.Template) = (b.Replicas, b.Ordinals, b.Template);
        (a.UpdateStrategy, a.RevisionHistoryLimit, a.MinReadySeconds) = (b.UpdateStrategy, b.RevisionHistoryLimit, b.MinReadySeconds);
        a.PersistentVolumeClaimRetentionPolicy = b.PersistentVolumeClaimRetentionPolicy;
        if (!a.DeepEquals(b))
        {
            errors.Forbidden(FieldPath.Of("spec"), OnlySome);
        }
    }

    protected override IEnumerable<string> Warnings(WriteContext context, StatefulSet set, StatefulSet? old) =>
    [
        .. set.Metadata.Generation == old?.Metadata.Generation ? [] : set.Spec.VolumeClaimTemplates.OrEmpty().Index().SelectMany(one =>
            FractionalWarnings.OfClaim(one.Item.Spec, FieldPath.Of("spec", "volumeClaimTemplates").Index(one.Index).Child("Spec"))),
        .. set.Spec.RevisionHistoryLimit < 0
            ? ["spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended"] : Array.Empty<string>(),
        .. WorkloadWarnings.OfTemplate(set, old, set.Spec.Template, FieldPath.Of("spec", "template")),
    ];

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

    private static void ValidateSpec(StatefulSetSpec spec, FieldPath path, FieldErrors errors)
    {
        if (string.IsNullOrEmpty(spec.PodManagementPolicy))
        {
            errors.Required(path.Child("podManagementPolicy"));
        }
        else if (spec.PodManagementPolicy is not ("OrderedReady" or "Parallel"))
        {
            errors.Invalid(path.Child("podManagementPolicy"), spec.PodManagementPolicy, "must be 'OrderedReady' or 'Parallel'");
        }
        ValidateUpdateStrategy(spec.UpdateStrategy, path.Child("updateStrategy"), errors);
        if (spec.PersistentVolumeClaimRetentionPolicy is { } retention)
        {
            var at = path.Child("persistentVolumeClaimRetentionPolicy");
            FieldChecks.OneOf(at.Child("whenDeleted"), retention.WhenDeleted ?? "", errors, "Retain", "Delete");
            FieldChecks.OneOf(at.Child("whenScaled"), retention.WhenScaled ?? "", errors, "Retain", "Delete");
        }
        FieldChecks.NotNegative(path.Child("replicas"), spec.Replicas, errors);
        FieldChecks.NotNegative(path.Child("minReadySeconds"), spec.MinReadySeconds, errors);
        FieldChecks.NotNegative(path.Child("ordinals.start"), spec.Ordinals?.Start, errors);
        if (WorkloadValidation.Selector(spec.Selector, spec.Template, "statefulset", errors, whenInvalid: ""))
        {
            WorkloadValidation.Template(spec.Template, path.Child("template"), errors);
        }
        WorkloadValidation.Lasting(spec.Template, path.Child("template"), "StatefulSet", errors);
    }

    private static void ValidateUpdateStrategy(StatefulSetUpdateStrategy strategy, FieldPath path, FieldErrors errors)
    {
        switch (strategy.Type)
        {
            case null or "":
                errors.Required(path);
                break;
            case "OnDelete" when strategy.RollingUpdate is not null:
                errors.Invalid(path.Child("rollingUpdate"), strategy.RollingUpdate, "only allowed for updateStrategy 'RollingUpdate'");
                break;
            case "RollingUpdate" when strategy.RollingUpdate is { } update:
                ValidateRollingUpdate(update, path.Child("rollingUpdate"), errors);
                break;
            case "OnDelete" or "RollingUpdate":
                break;
            default:
                errors.Invalid(path, strategy, "must be 'RollingUpdate' or 'OnDelete'");
                break;
        }
    }

    private static void ValidateRollingUpdate(RollingUpdateStatefulSetStrategy update, FieldPath path, FieldErrors errors)
    {
        FieldChecks.NotNegative(path.Child("partition"), update.Partition, errors);
        if (update.MaxUnavailable is { } most)
        {
            WorkloadValidation.IntOrPercent(most, path.Child("maxUnavailable"), errors);
            if (WorkloadValidation.IsZero(most))
            {
                errors.Invalid(path.Child("maxUnavailable"), most, "cannot be 0");
            }
            WorkloadValidation.NotAboveAll(most, path.Child("maxUnavailable"), errors);
        }
    }
}
