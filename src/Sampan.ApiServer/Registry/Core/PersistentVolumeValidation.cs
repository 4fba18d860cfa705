using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of persistent volumes. Upstream: ValidatePersistentVolumeSpec.</summary>
internal static class PersistentVolumeValidation
{
    private static readonly string[] Modes = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"];
    private static readonly string[] VolumeModes = ["Block", "Filesystem"];
    private static readonly string[] ReclaimPolicies = ["Delete", "Recycle", "Retain"];

    public static void Validate(PersistentVolume volume, FieldErrors errors)
    {
        var (spec, path) = (volume.Spec, FieldPath.Of("spec"));
        RequiredAccessModes(spec, path, errors);
        Capacity(spec.Capacity, path.Child("capacity"), errors);
        OneOf(spec.PersistentVolumeReclaimPolicy, ReclaimPolicies, path.Child("persistentVolumeReclaimPolicy"), errors);
        NodeAffinity(spec.NodeAffinity, path.Child("nodeAffinity"), errors);
        PersistentVolumeSources.Validate(spec, volume.Metadata.Name, path, errors);
        if (spec is { HostPath.Path: { } host, PersistentVolumeReclaimPolicy: "Recycle" } && host.Split('/').All(part => part is "" or "."))
        {
            errors.Forbidden(path.Child("persistentVolumeReclaimPolicy"), "may not be 'recycle' for a hostPath mount of '/'");
        }
        ClassName(spec.StorageClassName, path.Child("storageClassName"), errors);
        OneOf(spec.VolumeMode, VolumeModes, path.Child("volumeMode"), errors);
        AttributesClass(spec, path, errors);
    }

    /// <summary>A volume that an attachment describes itself: what a driver needs of it, and nothing of the cluster.</summary>
    public static void ValidateInline(PersistentVolumeSpec spec, FieldPath path, FieldErrors errors)
    {
        const string Context = "in the context of inline volumes";
        Absent(spec.ClaimRef is not null, "claimRef");
        Absent(spec.Capacity.OrEmpty().Count > 0, "capacity");
        if (spec.Csi is null)
        {
            errors.Required(path.Child("csi"), $"has to be specified {Context}");
        }
        RequiredAccessModes(spec, path, errors);
        if (spec.PersistentVolumeReclaimPolicy is not (null or "" or "Retain"))
        {
            errors.Forbidden(path.Child("persistentVolumeReclaimPolicy"), $"may only be Retain {Context}");
        }
        Absent(spec.NodeAffinity is not null, "nodeAffinity");
        PersistentVolumeSources.Validate(spec, "", path, errors);
        Absent(!string.IsNullOrEmpty(spec.StorageClassName), "storageClassName");
        if (spec.VolumeMode is not (null or "Filesystem"))
        {
            errors.Forbidden(path.Child("volumeMode"), $"may not specify volumeMode other than Filesystem {Context}");
        }
        AttributesClass(spec, path, errors);

        void Absent(bool isThere, string field)
        {
            if (isThere)
            {
                errors.Forbidden(path.Child(field), $"may not be specified {Context}");
            }
        }
    }

    private static void RequiredAccessModes(PersistentVolumeSpec spec, FieldPath path, FieldErrors errors)
    {
        if (spec.AccessModes.OrEmpty().Count == 0)
        {
            errors.Required(path.Child("accessModes"));
        }
        AccessModes(spec.AccessModes, path.Child("accessModes"), errors);
    }

    /// <summary>Upstream looks at the volume twice: as a new one, and as a changed one.</summary>
    public static void ValidateUpdate(PersistentVolume volume, PersistentVolume old, FieldErrors errors)
    {
        Validate(volume, errors);
        Validate(volume, errors);
        var (source, was) = (PersistentVolumeSources.Only(volume.Spec), PersistentVolumeSources.Only(old.Spec));
        if (was.Csi is { ControllerExpandSecretRef: null } && source.Csi is { } csi)
        {
            csi.ControllerExpandSecretRef = null;
        }
        if (!source.DeepEquals(was))
        {
            errors.Forbidden(
                FieldPath.Of("spec").Child("persistentvolumesource"),
                "spec.persistentvolumesource is immutable after creation\n" + GoDiff.Of(PersistentVolumeSources.Shown(source), PersistentVolumeSources.Shown(was)));
        }
        if (volume.Spec.VolumeMode != old.Spec.VolumeMode)
        {
            errors.Invalid(FieldPath.Of("volumeMode"), volume.Spec.VolumeMode, "field is immutable");
        }
        if (old.Spec.NodeAffinity is { } affinity && !IsSameBesidesOldLabels(affinity, volume.Spec.NodeAffinity))
        {
            errors.Invalid(
                FieldPath.Of("nodeAffinity"), volume.Spec.NodeAffinity, "field is immutable, except for updating from beta label to GA");
        }
        if (old.Spec.VolumeAttributesClassName is not null && volume.Spec.VolumeAttributesClassName is null)
        {
            errors.Forbidden(FieldPath.Of("spec").Child("volumeAttributesClassName"), "update from non-nil value to nil is forbidden");
        }
    }

    /// <summary>An old label of nodes may become the one that has taken its place.</summary>
    private static bool IsSameBesidesOldLabels(VolumeNodeAffinity old, VolumeNodeAffinity? now)
    {
        var renamed = old.DeepClone();
        var wanted = Expressions(now).ToList();
        foreach (var (index, expression) in Expressions(renamed).Index().Where(one => one.Index < wanted.Count))
        {
            expression.Key = NodeLabelWarnings.Successor(expression.Key) == wanted[index].Key ? wanted[index].Key : expression.Key;
        }
        return renamed.DeepEquals(now);
    }

    private static IEnumerable<NodeSelectorRequirement> Expressions(VolumeNodeAffinity? affinity) =>
        (affinity?.Required?.NodeSelectorTerms).OrEmpty().SelectMany(term => term.MatchExpressions.OrEmpty());

    public static void AccessModes(List<string>? modes, FieldPath path, FieldErrors errors)
    {
        var known = modes.OrEmpty().Where(Modes.Contains).Distinct().ToList();
        foreach (var mode in modes.OrEmpty().Where(mode => !Modes.Contains(mode)))
        {
            errors.NotSupported(path, mode, Modes);
        }
        if (known.Count > 1 && known.Contains("ReadWriteOncePod"))
        {
            errors.Forbidden(path, "may not use ReadWriteOncePod with other access modes");
        }
    }

    public static void VolumeMode(string? mode, FieldPath path, FieldErrors errors) => OneOf(mode, VolumeModes, path, errors);

    public static void ClassName(string? name, FieldPath path, FieldErrors errors)
    {
        if (!string.IsNullOrEmpty(name))
        {
            errors.Invalid(path, name, Names.IsDns1123Subdomain(name));
        }
    }

    private static void Capacity(Dictionary<string, Quantity>? capacity, FieldPath path, FieldErrors errors)
    {
        if (capacity.OrEmpty().Count == 0)
        {
            errors.Required(path);
        }
        if (capacity.OrEmpty().Count != 1 || !capacity!.ContainsKey("storage"))
        {
            errors.NotSupported(path, capacity, "storage");
        }
        foreach (var (name, quantity) in capacity.OrEmpty())
        {
            if (quantity.AsLong() < 0)
            {
                errors.Invalid(path.Key(name), quantity.AsLong(), "must be a valid resource quantity");
            }
            if (quantity.Sign <= 0)
            {
                errors.Invalid(path.Key(name), quantity.ToString(), "must be greater than zero");
            }
        }
    }

    private static void NodeAffinity(VolumeNodeAffinity? affinity, FieldPath path, FieldErrors errors)
    {
        if (affinity is { Required: null })
        {
            errors.Required(path.Child("required"), "must specify required node constraints");
        }
        else if (affinity is { Required: { } required })
        {
            NodeSelectorValidation.Validate(required, path.Child("required"), errors);
        }
    }

    private static void AttributesClass(PersistentVolumeSpec spec, FieldPath path, FieldErrors errors)
    {
        if (spec.VolumeAttributesClassName is not { } name)
        {
            return;
        }
        if (name.Length == 0)
        {
            errors.Required(path.Child("volumeAttributesClassName"), "an empty string is disallowed");
        }
        ClassName(name, path.Child("volumeAttributesClassName"), errors);
        if (spec.Csi is null)
        {
            errors.Required(path.Child("csi"), "has to be specified when using volumeAttributesClassName");
        }
    }

    private static void OneOf(string? value, string[] known, FieldPath path, FieldErrors errors)
    {
        if (!string.IsNullOrEmpty(value) && !known.Contains(value))
        {
            errors.NotSupported(path, value, known);
        }
    }
}
