using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of a pod's volumes.</summary>
internal static class VolumeValidation
{
    private static readonly string[] FileFields = ["metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"];

    /// <summary>The volumes that mounts may name.</summary>
    public static IReadOnlyDictionary<string, Volume> Validate(List<Volume>? volumes, FieldPath path, FieldErrors errors)
    {
        var byName = new Dictionary<string, Volume>();
        foreach (var (index, volume) in volumes.OrEmpty().Index())
        {
            var at = path.Index(index);
            if (volume.Name.Length == 0)
            {
                errors.Required(at.Child("name"));
            }
            else
            {
                errors.Invalid(at.Child("name"), volume.Name, Names.IsDns1123Label(volume.Name));
            }
            if (!byName.TryAdd(volume.Name, volume))
            {
                errors.Duplicate(at.Child("name"), volume.Name);
            }
            ValidateSource(volume, at, errors);
        }
        return byName;
    }

    private static void ValidateSource(Volume volume, FieldPath path, FieldErrors errors)
    {
        var given = VolumeSources.Of(volume).Where(source => source.Value is not null).Select(source => source.Name).ToList();
        if (given.Count == 0)
        {
            errors.Required(path, "must specify a volume type");
        }
        foreach (var extra in given.Skip(1))
        {
            errors.Forbidden(path.Child(extra), "may not specify more than 1 volume type");
        }
        if (volume.HostPath is { } host)
        {
            VolumeSourceValidation.HostPath(host, path.Child("hostPath"), errors);
        }
        if (volume.EmptyDir?.SizeLimit is { Sign: < 0 })
        {
            errors.Forbidden(path.Child("emptyDir").Child("sizeLimit"), "SizeLimit field must be a valid resource quantity");
        }
        if (volume.Secret is { } secret)
        {
            Require(secret.SecretName, path.Child("secret").Child("secretName"), errors);
            Keys(secret.Items, path.Child("secret").Child("items"), errors);
            Mode(secret.DefaultMode, path.Child("secret").Child("defaultMode"), errors);
        }
        if (volume.ConfigMap is { } map)
        {
            Require(map.Name, path.Child("configMap").Child("name"), errors);
            Keys(map.Items, path.Child("configMap").Child("items"), errors);
            Mode(map.DefaultMode, path.Child("configMap").Child("defaultMode"), errors);
        }
        if (volume.PersistentVolumeClaim is { } claim)
        {
            Require(claim.ClaimName, path.Child("persistentVolumeClaim").Child("claimName"), errors);
        }
        if (volume.DownwardAPI is { } downward)
        {
            Files(downward.Items, path.Child("downwardAPI"), errors);
        }
        if (volume.Nfs is { } nfs)
        {
            VolumeSourceValidation.Nfs(nfs, path.Child("nfs"), errors);
        }
        if (volume.Fc is { } fc)
        {
            VolumeSourceValidation.Fc(fc, path.Child("fc"), errors);
        }
        if (volume.Csi is { } csi)
        {
            VolumeSourceValidation.DriverName(csi.Driver, path.Child("csi").Child("driver"), errors);
        }
        if (volume.Ephemeral is { } ephemeral)
        {
            Ephemeral(ephemeral, path.Child("ephemeral").Child("volumeClaimTemplate"), errors);
        }
        Projected(volume.Projected, path.Child("projected"), errors);
    }

    private static void Ephemeral(EphemeralVolumeSource ephemeral, FieldPath path, FieldErrors errors)
    {
        if (ephemeral.VolumeClaimTemplate is not { } template)
        {
            errors.Required(path);
            return;
        }
        PersistentVolumeClaimValidation.Validate(template.Spec, path.Child("spec"), errors);
    }

    private static void Projected(ProjectedVolumeSource? projected, FieldPath path, FieldErrors errors)
    {
        Mode(projected?.DefaultMode, path.Child("defaultMode"), errors);
        foreach (var (index, source) in (projected?.Sources).OrEmpty().Index())
        {
            var at = path.Child("sources").Index(index);
            if (source.Secret is { } secret)
            {
                Require(secret.Name, at.Child("secret").Child("name"), errors);
                Keys(secret.Items, at.Child("secret").Child("items"), errors);
            }
            if (source.ConfigMap is { } map)
            {
                Require(map.Name, at.Child("configMap").Child("name"), errors);
                Keys(map.Items, at.Child("configMap").Child("items"), errors);
            }
            if (source.DownwardAPI is { } downward)
            {
                Files(downward.Items, at.Child("downwardAPI"), errors);
            }
            if (source.ServiceAccountToken is { } token)
            {
                Token(token, at.Child("serviceAccountToken"), errors);
            }
        }
    }

    private static void Token(ServiceAccountTokenProjection token, FieldPath path, FieldErrors errors)
    {
        if (token.ExpirationSeconds < 600)
        {
            errors.Invalid(path.Child("expirationSeconds"), token.ExpirationSeconds, "may not specify a duration less than 10 minutes");
        }
        if (token.Path.Length == 0)
        {
            errors.Required(path.Child("path"));
        }
        else
        {
            PathValidation.LocalNonReserved(token.Path, path.Child("path"), errors);
        }
    }

    private static void Keys(List<KeyToPath>? items, FieldPath path, FieldErrors errors)
    {
        foreach (var (index, item) in items.OrEmpty().Index())
        {
            Require(item.Key, path.Index(index).Child("key"), errors);
            Require(item.Path, path.Index(index).Child("path"), errors);
            PathValidation.LocalNonReserved(item.Path, path.Index(index).Child("path"), errors);
            Mode(item.Mode, path.Index(index).Child("mode"), errors);
        }
    }

    private static void Files(List<DownwardAPIVolumeFile>? items, FieldPath path, FieldErrors errors)
    {
        foreach (var file in items.OrEmpty())
        {
            Require(file.Path, path.Child("path"), errors);
            PathValidation.LocalNonReserved(file.Path, path.Child("path"), errors);
            if (file.FieldRef is { } field)
            {
                EnvironmentValidation.FieldReference(field, FileFields, path.Child("fieldRef"), errors);
                if (file.ResourceFieldRef is not null)
                {
                    errors.Invalid(path, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously");
                }
            }
            else if (file.ResourceFieldRef is { } resource)
            {
                EnvironmentValidation.ResourceReference(resource, false, path.Child("resourceFieldRef"), errors);
            }
            else
            {
                errors.Required(path, "one of fieldRef and resourceFieldRef is required");
            }
            Mode(file.Mode, path.Child("mode"), errors);
        }
    }

    private static void Mode(int? mode, FieldPath path, FieldErrors errors)
    {
        if (mode is < 0 or > 0x1FF)
        {
            errors.Invalid(path, mode, "must be a number between 0 and 0777 (octal), both inclusive");
        }
    }

    private static void Require(string? value, FieldPath path, FieldErrors errors)
    {
        if (string.IsNullOrEmpty(value))
        {
            errors.Required(path);
        }
    }
}
