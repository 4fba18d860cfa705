using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of a pod's volumes. Upstream: ValidateVolumes, validateVolumeSource.</summary>
internal static class VolumeValidation
{
    /// <summary>Two sources that upstream calls by another name when it complains that they are one too many.</summary>
    private static readonly Dictionary<string, string> NamesAsExtra = new() { ["cephfs"] = "cephFS", ["downwardAPI"] = "downwarAPI" };

    /// <summary>The volumes that are right, which mounts may name.</summary>
    /// <param name="pod">The pod's metadata, whose name becomes part of the names of claims; null for a template.</param>
    public static IReadOnlyDictionary<string, Volume> Validate(List<Volume>? volumes, ObjectMeta? pod, FieldPath path, FieldErrors errors)
    {
        var byName = new Dictionary<string, Volume>();
        var made = volumes.OrEmpty().Where(volume => volume.Ephemeral is not null).Select(volume => $"{pod?.Name}-{volume.Name}").ToHashSet();
        foreach (var (index, volume) in volumes.OrEmpty().Index())
        {
            var (at, before) = (path.Index(index), errors.Count);
            Source(volume, pod, at, errors);
            Name(volume.Name, byName, at.Child("name"), errors);
            if (errors.Count == before)
            {
                byName.Add(volume.Name, volume);
            }
            if (volume.PersistentVolumeClaim is { } claim && !string.IsNullOrEmpty(pod?.Name) && made.Contains(claim.ClaimName))
            {
                errors.Invalid(
                    at.Child("persistentVolumeClaim").Child("claimName"), claim.ClaimName,
                    "must not reference a PVC that gets created for an ephemeral volume");
            }
        }
        return byName;
    }

    private static void Name(string name, Dictionary<string, Volume> others, FieldPath path, FieldErrors errors)
    {
        if (name.Length == 0)
        {
            errors.Required(path);
        }
        else
        {
            errors.Invalid(path, name, Names.IsDns1123Label(name));
        }
        if (others.ContainsKey(name))
        {
            errors.Duplicate(path, name);
        }
    }

    private static void Source(Volume volume, ObjectMeta? pod, FieldPath path, FieldErrors errors)
    {
        var isFirst = true;
        foreach (var (name, source) in VolumeSources.Of(volume))
        {
            if (source is not null && isFirst)
            {
                Source(name, source, volume, pod, path, errors);
            }
            else if (source is not null)
            {
                errors.Forbidden(path.Child(NamesAsExtra.GetValueOrDefault(name, name)), "may not specify more than 1 volume type");
            }
            isFirst &= source is null;
        }
        if (isFirst)
        {
            errors.Required(path, "must specify a volume type");
        }
    }

    private static void Source(string name, object source, Volume volume, ObjectMeta? pod, FieldPath path, FieldErrors errors)
    {
        var at = path.Child(name);
        switch (source)
        {
            case EmptyDirVolumeSource { SizeLimit.Sign: < 0 }:
                errors.Forbidden(at.Child("sizeLimit"), "SizeLimit field must be a valid resource quantity");
                break;
            case SecretVolumeSource secret:
                VolumeSourceValidation.Require(secret.SecretName, at.Child("secretName"), errors);
                VolumeFileValidation.Mode(secret.DefaultMode, at.Child("defaultMode"), errors);
                VolumeFileValidation.Keys(secret.Items, at.Child("items"), errors);
                break;
            case ConfigMapVolumeSource map:
                VolumeSourceValidation.Require(map.Name, at.Child("name"), errors);
                VolumeFileValidation.Mode(map.DefaultMode, at.Child("defaultMode"), errors);
                VolumeFileValidation.Keys(map.Items, at.Child("items"), errors);
                break;
            case DownwardAPIVolumeSource downward:
                VolumeFileValidation.Mode(downward.DefaultMode, at.Child("defaultMode"), errors);
                VolumeFileValidation.Files(downward.Items, at, errors);
                break;
            case ProjectedVolumeSource projected:
                ProjectedVolumeValidation.Validate(projected, at, errors);
                break;
            case EphemeralVolumeSource ephemeral:
                Ephemeral(ephemeral, volume.Name, pod, path, errors);
                break;
            case ImageVolumeSource image:
                Image(image, pod is not null, at, errors);
                break;
            default:
                VolumeSourceValidation.Validate(source, name, path, errors);
                break;
        }
        if (source is ISCSIVolumeSource { InitiatorName: not null } iscsi && $"{volume.Name}:{iscsi.TargetPortal}".Length > VolumeSourceValidation.MaxInitiator)
        {
            errors.Invalid(path.Child("name"), volume.Name, VolumeSourceValidation.InitiatorTooLong);
        }
    }

    /// <summary>A claim that lives as long as the pod and is named after it.</summary>
    private static void Ephemeral(EphemeralVolumeSource ephemeral, string volume, ObjectMeta? pod, FieldPath path, FieldErrors errors)
    {
        var at = path.Child("ephemeral").Child("volumeClaimTemplate");
        if (ephemeral.VolumeClaimTemplate is not { } template)
        {
            errors.Required(at);
        }
        else
        {
            ObjectMetaValidation.ValidateTemplate(template.Metadata, at.Child("metadata"), errors);
            PersistentVolumeClaimValidation.Validate(template.Spec, at.Child("spec"), errors);
        }
        if (!string.IsNullOrEmpty(pod?.Name) && volume.Length > 0)
        {
            var claim = $"{pod.Name}-{volume}";
            errors.Invalid(
                path.Child("name"), volume, Names.IsDns1123Subdomain(claim).Select(wrong => $"PVC name {GoText.Quote(claim)}: {wrong}"));
        }
    }

    private static void Image(ImageVolumeSource image, bool isPod, FieldPath path, FieldErrors errors)
    {
        if (isPod)
        {
            VolumeSourceValidation.Require(image.Reference, path.Child("reference"), errors);
        }
        ContainerRules.PullPolicy(image.PullPolicy, path.Child("pullPolicy"), errors);
    }
}
