using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of claims, and of the claims that pods' ephemeral volumes describe. Upstream: ValidatePersistentVolumeClaimSpec.</summary>
internal static class PersistentVolumeClaimValidation
{
    private const string OnlySize =
        "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims\n";

    private const string ClassAnnotation = "volume.beta.kubernetes.io/storage-class";

    /// <param name="old">The spec before an update. Where it had a wrong selector or a source in any group, those may stay.</param>
    public static void Validate(PersistentVolumeClaimSpec spec, FieldPath path, FieldErrors errors, PersistentVolumeClaimSpec? old = null)
    {
        if (spec.AccessModes.OrEmpty().Count == 0)
        {
            errors.Required(path.Child("accessModes"), "at least 1 access mode is required");
        }
        LabelSelectorValidation.Validate(spec.Selector, path.Child("selector"), errors, old?.Selector);
        PersistentVolumeValidation.AccessModes(spec.AccessModes, path.Child("accessModes"), errors);
        var size = path.Child("resources").Key("storage");
        if (!spec.Resources.Requests.OrEmpty().TryGetValue("storage", out var wanted))
        {
            errors.Required(size);
        }
        else if (wanted.Sign <= 0)
        {
            errors.Invalid(size, wanted.ToString(), "must be greater than zero");
        }
        PersistentVolumeValidation.ClassName(spec.StorageClassName, path.Child("storageClassName"), errors);
        PersistentVolumeValidation.VolumeMode(spec.VolumeMode, path.Child("volumeMode"), errors);
        Sources(spec, path, errors, checkGroup: old?.DataSource?.ApiGroup is null && old?.DataSourceRef?.ApiGroup is null);
        PersistentVolumeValidation.ClassName(spec.VolumeAttributesClassName, path.Child("volumeAttributesClassName"), errors);
    }

    /// <summary>Upstream looks at the spec twice: as one of a new claim, and as one of a changed claim.</summary>
    public static void ValidateUpdate(PersistentVolumeClaim claim, PersistentVolumeClaim old, FieldErrors errors)
    {
        var path = FieldPath.Of("spec");
        Validate(claim.Spec, path, errors, old.Spec);
        Validate(claim.Spec, path, errors, old.Spec);
        var (annotated, was) = (ClassOf(claim), ClassOf(old));
        var moves = was is not null && old.Spec.StorageClassName is null && claim.Spec.StorageClassName == was && (annotated ?? was) == was;
        if (!moves && annotated != was)
        {
            errors.Invalid(FieldPath.Of("metadata", "annotations", ClassAnnotation), annotated ?? "", FieldChecks.Immutable);
        }
        var allowed = WithAllowedChanges(claim, old);
        if (!allowed.DeepEquals(claim.Spec))
        {
            errors.Forbidden(path, OnlySize + GoDiff.Of(claim.Spec, allowed));
        }
        Size(claim, old, path.Child("resources").Child("requests").Child("storage"), errors);
        if (claim.Spec.VolumeMode != old.Spec.VolumeMode)
        {
            errors.Invalid(FieldPath.Of("volumeMode"), claim.Spec.VolumeMode, "field is immutable");
        }
        var (attributes, had) = (claim.Spec.VolumeAttributesClassName, old.Spec.VolumeAttributesClassName);
        if (had is not null && attributes != had && string.IsNullOrEmpty(attributes))
        {
            var what = attributes is null ? "nil" : "an empty string";
            errors.Forbidden(path.Child("volumeAttributesClassName"), $"update from non-nil value to {what} is forbidden");
        }
    }

    /// <summary>Keeps the two fields that name a claim's source equal, and drops what the old one cannot name.</summary>
    public static void AlignSources(PersistentVolumeClaimSpec spec, PersistentVolumeClaimSpec? old)
    {
        // Sources in other namespaces are an alpha feature.
        if (spec.DataSourceRef is { Namespace.Length: > 0 } && old?.DataSourceRef is null)
        {
            spec.DataSourceRef = null;
        }
        if (old is null or { DataSource: null, DataSourceRef: null } && spec is { DataSourceRef: null, DataSource: { } given } && !IsClaimOrSnapshot(given))
        {
            spec.DataSource = null;
        }
        if (spec.DataSource is { } source && spec.DataSourceRef is null)
        {
            spec.DataSourceRef = new TypedObjectReference { ApiGroup = source.ApiGroup, Kind = source.Kind, Name = source.Name };
        }
        else if (spec.DataSource is null && spec.DataSourceRef is { Namespace: null or "" } reference)
        {
            spec.DataSource = new TypedLocalObjectReference { ApiGroup = reference.ApiGroup, Kind = reference.Kind, Name = reference.Name };
        }
    }

    private static bool IsClaimOrSnapshot(TypedLocalObjectReference source) =>
        (string.IsNullOrEmpty(source.ApiGroup) && source.Kind == "PersistentVolumeClaim")
        || source is { ApiGroup: "snapshot.storage.k8s.io", Kind: "VolumeSnapshot" };

    private static void Sources(PersistentVolumeClaimSpec spec, FieldPath path, FieldErrors errors, bool checkGroup)
    {
        if (spec.DataSource is { } source)
        {
            Source(source.ApiGroup, source.Kind, source.Name, path.Child("dataSource"), errors, checkGroup);
        }
        if (spec.DataSourceRef is { } reference)
        {
            Source(reference.ApiGroup, reference.Kind, reference.Name, path.Child("dataSourceRef"), errors, checkGroup);
        }
        if (spec.DataSourceRef is { Namespace: { Length: > 0 } space })
        {
            errors.Invalid(path.Child("dataSourceRef").Child("namespace"), space, Names.IsDns1123Label(space));
            if (spec.DataSource is not null)
            {
                errors.Invalid(path, path.Child("dataSource").ToString(), "may not be specified when dataSourceRef.namespace is specified");
            }
            return;
        }
        if (spec is { DataSource: { } one, DataSourceRef: { } other } && (one.ApiGroup, one.Kind, one.Name) != (other.ApiGroup, other.Kind, other.Name))
        {
            errors.Invalid(path, path.Child("dataSource").ToString(), "must match dataSourceRef");
        }
    }

    private static void Source(string? group, string kind, string name, FieldPath path, FieldErrors errors, bool checkGroup)
    {
        VolumeSourceValidation.Require(name, path.Child("name"), errors);
        VolumeSourceValidation.Require(kind, path.Child("kind"), errors);
        if (!string.IsNullOrEmpty(group))
        {
            errors.Invalid(path.Child("apiGroup"), group, checkGroup ? Names.IsDns1123Subdomain(group) : []);
        }
        else if (kind != "PersistentVolumeClaim")
        {
            errors.Invalid(path, kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup");
        }
    }

    /// <summary>The class as claims named it before it was a field.</summary>
    private static string? ClassOf(PersistentVolumeClaim claim) => claim.Metadata.Annotations.OrEmpty().GetValueOrDefault(ClassAnnotation);

    /// <summary>The old spec with those new values that an update may bring.</summary>
    private static PersistentVolumeClaimSpec WithAllowedChanges(PersistentVolumeClaim claim, PersistentVolumeClaim old)
    {
        var allowed = old.Spec.DeepClone();
        if (string.IsNullOrEmpty(old.Spec.VolumeName))
        {
            allowed.VolumeName = claim.Spec.VolumeName;
        }
        if (ClassOf(old) is null || ClassOf(old) == claim.Spec.StorageClassName)
        {
            allowed.StorageClassName ??= claim.Spec.StorageClassName;
        }
        if (old.Status.Phase != "Bound")
        {
            return allowed;
        }
        allowed.VolumeAttributesClassName = claim.Spec.VolumeAttributesClassName ?? allowed.VolumeAttributesClassName;
        if (allowed.Resources.Requests is { } requests && claim.Spec.Resources.Requests.OrEmpty().TryGetValue("storage", out var size))
        {
            requests["storage"] = size;
        }
        return allowed;
    }

    /// <summary>A claim shrinks only back to what it has, after a growth that failed.</summary>
    private static void Size(PersistentVolumeClaim claim, PersistentVolumeClaim old, FieldPath path, FieldErrors errors)
    {
        var now = claim.Spec.Resources.Requests.OrEmpty().GetValueOrDefault("storage");
        var was = old.Spec.Resources.Requests.OrEmpty().GetValueOrDefault("storage");
        if (now < was && now <= old.Status.Capacity.OrEmpty().GetValueOrDefault("storage"))
        {
            errors.Forbidden(path, "field can not be less than status.capacity");
        }
    }
}
