using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of a container's environment. Upstream: ValidateEnv, ValidateEnvFrom.</summary>
internal static class EnvironmentValidation
{
    private const string OneOnly = "may not have more than one field specified at a time";

    private static readonly string[] PodFields =
    [
        "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName",
        "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs",
    ];

    public static void Validate(Container container, ContainerScope scope, FieldPath path)
    {
        foreach (var (index, variable) in container.Env.OrEmpty().Index())
        {
            var at = path.Child("env").Index(index);
            if (variable.Name.Length == 0)
            {
                scope.Errors.Required(at.Child("name"));
            }
            else
            {
                scope.Errors.Invalid(at.Child("name"), variable.Name, Names.IsEnvVarName(variable.Name));
            }
            if (variable.ValueFrom is { } source)
            {
                Source(source, scope, at.Child("valueFrom"));
                Count(source, !string.IsNullOrEmpty(variable.Value), at.Child("valueFrom"), scope.Errors);
            }
        }
        foreach (var (index, source) in container.EnvFrom.OrEmpty().Index())
        {
            From(source, index, path.Child("envFrom"), scope.Errors);
        }
    }

    private static void Source(EnvVarSource source, ContainerScope scope, FieldPath path)
    {
        var errors = scope.Errors;
        if (source.FieldRef is { } field)
        {
            DownwardValidation.Field(field, PodFields, path.Child("fieldRef"), errors);
        }
        if (source.ResourceFieldRef is { } resource)
        {
            DownwardValidation.Resource(resource, true, path.Child("resourceFieldRef"), errors);
        }
        if (source.ConfigMapKeyRef is { } map)
        {
            Key(map.Name, map.Key, path.Child("configMapKeyRef"), errors);
        }
        if (source.SecretKeyRef is { } secret)
        {
            Key(secret.Name, secret.Key, path.Child("secretKeyRef"), errors);
        }
        if (source.FileKeyRef is { } file)
        {
            File(file, scope, path.Child("fileKeyRef"));
        }
    }

    private static void Count(EnvVarSource source, bool hasValue, FieldPath path, FieldErrors errors)
    {
        object?[] given = [source.FieldRef, source.ResourceFieldRef, source.ConfigMapKeyRef, source.SecretKeyRef, source.FileKeyRef];
        var count = given.Count(one => one is not null);
        if (count == 0)
        {
            errors.Invalid(
                path, "", "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`");
        }
        else if (hasValue)
        {
            errors.Invalid(path, "", "may not be specified when `value` is not empty");
        }
        else if (count > 1)
        {
            errors.Invalid(path, "", OneOnly);
        }
    }

    private static void Key(string? name, string key, FieldPath path, FieldErrors errors)
    {
        errors.Invalid(path.Child("name"), name ?? "", Names.IsDns1123Subdomain(name ?? ""));
        if (key.Length == 0)
        {
            errors.Required(path.Child("key"));
        }
        else
        {
            errors.Invalid(path.Child("key"), key, Names.IsConfigMapKey(key));
        }
    }

    /// <summary>A variable from a file that an init container leaves in a scratch volume.</summary>
    private static void File(FileKeySelector file, ContainerScope scope, FieldPath path)
    {
        var errors = scope.Errors;
        if (VolumeSourceValidation.Require(file.Key, path.Child("key"), errors))
        {
            errors.Invalid(path.Child("key"), file.Key, Names.IsEnvVarName(file.Key));
        }
        if (VolumeSourceValidation.Require(file.VolumeName, path.Child("volumeName"), errors))
        {
            errors.Invalid(path.Child("volumeName"), file.VolumeName, Names.IsDns1123Label(file.VolumeName));
        }
        if (VolumeSourceValidation.Require(file.Path, path.Child("path"), errors))
        {
            PathValidation.LocalNonReserved(file.Path, path.Child("path"), errors);
        }
        var volume = scope.AllVolumes[file.VolumeName].FirstOrDefault();
        if (volume is null)
        {
            errors.NotFound(path.Child("volumeName"), file.VolumeName);
        }
        else if (volume.EmptyDir is null)
        {
            errors.Invalid(path.Child("volumeName"), file.VolumeName, "must be an emptyDir volume");
        }
    }

    private static void From(EnvFromSource source, int index, FieldPath path, FieldErrors errors)
    {
        var at = path.Index(index);
        if (!string.IsNullOrEmpty(source.Prefix))
        {
            errors.Invalid(at.Child("prefix"), source.Prefix, Names.IsEnvVarName(source.Prefix));
        }
        if (source.ConfigMapRef is { } map)
        {
            Name(map.Name, at.Child("configMapRef").Child("name"), errors);
        }
        if (source.SecretRef is { } secret)
        {
            Name(secret.Name, at.Child("secretRef").Child("name"), errors);
        }
        if (source.ConfigMapRef is null && source.SecretRef is null)
        {
            errors.Invalid(path, "", "must specify one of: `configMapRef` or `secretRef`");
        }
        else if (source.ConfigMapRef is not null && source.SecretRef is not null)
        {
            errors.Invalid(path, "", OneOnly);
        }
    }

    private static void Name(string? name, FieldPath path, FieldErrors errors)
    {
        if (VolumeSourceValidation.Require(name, path, errors))
        {
            errors.Invalid(path, name, Validation.NameChecks.Subdomain(name, true));
        }
    }
}
