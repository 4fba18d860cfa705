using Sampan.Api;
using Sampan.Api.Apps.V1;
using Sampan.ApiServer.Registry.Core;

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
        (a, b) => a.Spec.DeepEquals(b.Spec));

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

    protected override void Validate(WriteContext context, StatefulSet set, FieldErrors errors)
    {
        var (spec, path) = (set.Spec, FieldPath.Of("spec"));
        if (spec.PodManagementPolicy is not ("OrderedReady" or "Parallel"))
        {
            errors.Invalid(path.Child("podManagementPolicy"), spec.PodManagementPolicy, "must be 'OrderedReady' or 'Parallel'");
        }
        if (spec.UpdateStrategy.Type is not ("RollingUpdate" or "OnDelete"))
        {
            errors.Invalid(path.Child("updateStrategy"), spec.UpdateStrategy, "must be 'RollingUpdate' or 'OnDelete'");
        }
        WorkloadValidation.NotNegative(
            path.Child("updateStrategy").Child("rollingUpdate").Child("partition"), spec.UpdateStrategy.RollingUpdate?.Partition ?? 0, errors);
        WorkloadValidation.NotNegative(path.Child("replicas"), spec.Replicas ?? 0, errors);
        WorkloadValidation.NotNegative(path.Child("minReadySeconds"), spec.MinReadySeconds, errors);
        WorkloadValidation.NotNegative(path.Child("ordinals").Child("start"), spec.Ordinals?.Start ?? 0, errors);
        WorkloadValidation.Selector(spec.Selector, spec.Template, "statefulset", errors);
        WorkloadValidation.Template(spec.Template, path.Child("template"), "Always", errors);
    }

    protected override void ValidateUpdate(WriteContext context, StatefulSet set, StatefulSet old, FieldErrors errors)
    {
        Validate(context, set, errors);
        var (a, b) = (set.DeepClone().Spec, old.Spec);
        (a.Replicas, a.Ordinals, a.Template) = (b.Replicas, b.Ordinals, b.Template);
        (a.UpdateStrategy, a.RevisionHistoryLimit, a.MinReadySeconds) = (b.UpdateStrategy, b.RevisionHistoryLimit, b.MinReadySeconds);
        a.PersistentVolumeClaimRetentionPolicy = b.PersistentVolumeClaimRetentionPolicy;
        if (!a.DeepEquals(b))
        {
            errors.Forbidden(FieldPath.Of("spec"), OnlySome);
        }
    }
}
