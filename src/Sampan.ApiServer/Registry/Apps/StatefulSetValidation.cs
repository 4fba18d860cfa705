using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Core;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Apps;

/// <summary>Checks of stateful sets. Upstream: pkg/apis/apps/validation.</summary>
internal static class StatefulSetValidation
{
    private const string OnlySome =
        "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', "
        + "'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";

    public static void Validate(StatefulSetSpec spec, FieldErrors errors) => Spec(spec, null, errors, checkTemplate: true);

    /// <summary>What is wrong with the name of the Service and with the claims may stay, and a template of a set that was wrong before.</summary>
    public static void ValidateUpdate(StatefulSetSpec spec, StatefulSetSpec old, FieldErrors errors)
    {
        var before = new FieldErrors();
        Spec(old, old, before, checkTemplate: true);
        Spec(spec, old, errors, checkTemplate: !before.Any);
        var kept = spec.DeepClone();
        (kept.Replicas, kept.Ordinals, kept.Template) = (old.Replicas, old.Ordinals, old.Template);
        (kept.UpdateStrategy, kept.RevisionHistoryLimit, kept.MinReadySeconds) = (old.UpdateStrategy, old.RevisionHistoryLimit, old.MinReadySeconds);
        kept.PersistentVolumeClaimRetentionPolicy = old.PersistentVolumeClaimRetentionPolicy;
        if (!kept.DeepEquals(old))
        {
            errors.Forbidden(FieldPath.Of("spec"), OnlySome);
        }
    }

    private static void Spec(StatefulSetSpec spec, StatefulSetSpec? old, FieldErrors errors, bool checkTemplate)
    {
        var path = FieldPath.Of("spec");
        if (string.IsNullOrEmpty(spec.PodManagementPolicy))
        {
            errors.Required(path.Child("podManagementPolicy"));
        }
        else if (spec.PodManagementPolicy is not ("OrderedReady" or "Parallel"))
        {
            errors.Invalid(path.Child("podManagementPolicy"), spec.PodManagementPolicy, "must be 'OrderedReady' or 'Parallel'");
        }
        ValidateUpdateStrategy(spec.UpdateStrategy, path.Child("updateStrategy"), errors);
        Claims(spec, path, errors, isNew: old is null);
        FieldChecks.NotNegative(path.Child("replicas"), spec.Replicas, errors);
        FieldChecks.NotNegative(path.Child("minReadySeconds"), spec.MinReadySeconds, errors);
        FieldChecks.NotNegative(path.Child("ordinals.start"), spec.Ordinals?.Start, errors);
        if (old is null && spec.ServiceName.Length > 0)
        {
            errors.Invalid(path.Child("serviceName"), spec.ServiceName, Names.IsDns1123Label(spec.ServiceName));
        }
        if (WorkloadValidation.Selector(spec.Selector, spec.Template, "statefulset", errors, whenInvalid: ""))
        {
            Template(spec, old, path.Child("template"), errors, whole: checkTemplate);
        }
        WorkloadValidation.Lasting(spec.Template, path.Child("template"), "StatefulSet", errors);
    }

    private static void Claims(StatefulSetSpec spec, FieldPath path, FieldErrors errors, bool isNew)
    {
        if (spec.PersistentVolumeClaimRetentionPolicy is { } retention)
        {
            var at = path.Child("persistentVolumeClaimRetentionPolicy");
            FieldChecks.OneOf(at.Child("whenDeleted"), retention.WhenDeleted ?? "", errors, "Retain", "Delete");
            FieldChecks.OneOf(at.Child("whenScaled"), retention.WhenScaled ?? "", errors, "Retain", "Delete");
        }
        foreach (var (index, claim) in isNew ? spec.VolumeClaimTemplates.OrEmpty().Index() : [])
        {
            PersistentVolumeClaimValidation.Validate(claim.Spec, path.Child("volumeClaimTemplates").Index(index).Child("spec"), errors);
        }
    }

    private static void Template(StatefulSetSpec spec, StatefulSetSpec? old, FieldPath path, FieldErrors errors, bool whole)
    {
        if (!whole)
        {
            WorkloadValidation.Annotations(spec.Template, old?.Template, path, errors);
            return;
        }
        var template = spec.Template.DeepClone();
        template.Spec.Volumes = WithClaims(spec);
        WorkloadValidation.Template(template, old?.Template, path, errors);
    }

    /// <summary>Each claim is a volume that containers can mount, in place of one of the same name.</summary>
    private static List<Volume> WithClaims(StatefulSetSpec spec)
    {
        var claims = spec.VolumeClaimTemplates.OrEmpty().Select(claim => claim.Metadata.Name ?? "").Distinct().ToList();
        return
        [
            .. claims.Select(name => new Volume { Name = name, PersistentVolumeClaim = new PersistentVolumeClaimVolumeSource { ClaimName = name } }),
            .. spec.Template.Spec.Volumes.OrEmpty().Where(volume => !claims.Contains(volume.Name)),
        ];
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
