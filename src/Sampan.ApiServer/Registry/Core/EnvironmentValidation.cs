using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of a container's environment.</summary>
internal static class EnvironmentValidation
{
    private static readonly string[] PodFields =
    [
        "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName",
        "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs",
    ];

    private static readonly string[] Resources =
    [
        "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory",
    ];

    private static readonly string[] CpuDivisors = ["1m", "1"];

    private static readonly string[] ByteDivisors = ["1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"];

    public static void Validate(Container container, IReadOnlyDictionary<string, Volume> volumes, FieldPath path, FieldErrors errors)
    {
        foreach (var (index, variable) in container.Env.OrEmpty().Index())
        {
            var at = path.Child("env").Index(index);
            if (variable.Name.Length == 0)
            {
                errors.Required(at.Child("name"));
            }
            else
            {
                errors.Invalid(at.Child("name"), variable.Name, Names.IsEnvVarName(variable.Name));
            }
            ValidateSource(variable, at.Child("valueFrom"), errors);
        }
        foreach (var (index, source) in container.EnvFrom.OrEmpty().Index())
        {
            ValidateFrom(source, index, path.Child("envFrom"), errors);
        }
    }

    /// <summary>The field of a pod that an environment variable or a file may show.</summary>
    public static void FieldReference(ObjectFieldSelector field, IReadOnlyList<string> allowed, FieldPath path, FieldErrors errors)
    {
        if (string.IsNullOrEmpty(field.ApiVersion))
        {
            errors.Required(path.Child("apiVersion"));
        }
        else if (field.FieldPath.Length == 0)
        {
            errors.Required(path.Child("fieldPath"));
        }
        else if (IsSubscript(field.FieldPath, out var key))
        {
            errors.Invalid(path, key, Names.IsQualifiedName(key));
        }
        else if (!allowed.Contains(field.FieldPath))
        {
            if (field.FieldPath.StartsWith("metadata.", StringComparison.Ordinal) || field.FieldPath.StartsWith('s'))
            {
                errors.NotSupported(path.Child("fieldPath"), field.FieldPath, allowed);
            }
            else
            {
                errors.Invalid(path.Child("fieldPath"), field.FieldPath, $"error converting fieldPath: field label not supported: {field.FieldPath}");
            }
        }
    }

    private static bool IsSubscript(string fieldPath, out string key)
    {
        key = "";
        foreach (var prefix in new[] { "metadata.labels['", "metadata.annotations['" })
        {
            if (fieldPath.StartsWith(prefix, StringComparison.Ordinal) && fieldPath.EndsWith("']", StringComparison.Ordinal))
            {
                key = fieldPath[prefix.Length..^2];
                return true;
            }
        }
        return false;
    }

    private static void ValidateSource(EnvVar variable, FieldPath path, FieldErrors errors)
    {
        if (variable.ValueFrom is not { } source)
        {
            return;
        }
        object?[] given = [source.FieldRef, source.ResourceFieldRef, source.ConfigMapKeyRef, source.SecretKeyRef, source.FileKeyRef];
        var count = given.Count(one => one is not null);
        if (!string.IsNullOrEmpty(variable.Value) && count > 0)
        {
            errors.Invalid(path, "", "may not be specified when `value` is not empty");
        }
        else if (count == 0)
        {
            errors.Invalid(
                path, "", "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`");
        }
        else if (count > 1)
        {
            errors.Invalid(path, "", "may not have more than one field specified at a time");
        }
        if (source.FieldRef is { } field)
        {
            FieldReference(field, PodFields, path.Child("fieldRef"), errors);
        }
        if (source.ResourceFieldRef is { } resource)
        {
            ResourceReference(resource, true, path.Child("resourceFieldRef"), errors);
        }
        if (source.ConfigMapKeyRef is { } map)
        {
            KeyReference(map.Name, map.Key, path.Child("configMapKeyRef"), errors);
        }
        if (source.SecretKeyRef is { } secret)
        {
            KeyReference(secret.Name, secret.Key, path.Child("secretKeyRef"), errors);
        }
        if (source.FileKeyRef is { } file)
        {
            FileReference(file, path.Child("fileKeyRef"), errors);
        }
    }

    /// <param name="mayOmitContainer">Whether the container is the one at hand if it is not named.</param>
    public static void ResourceReference(ResourceFieldSelector resource, bool mayOmitContainer, FieldPath path, FieldErrors errors)
    {
        if (!mayOmitContainer && string.IsNullOrEmpty(resource.ContainerName))
        {
            errors.Required(path.Child("containerName"));
        }
        else if (resource.Resource.Length == 0)
        {
            errors.Required(path.Child("resource"));
        }
        else if (!Resources.Contains(resource.Resource) && !IsOfHugePages(resource.Resource))
        {
            errors.NotSupported(path.Child("resource"), resource.Resource, Resources);
        }
        Divisor(resource, path.Child("divisor"), errors);
    }

    private static bool IsOfHugePages(string resource) =>
        resource.StartsWith("requests.hugepages-", StringComparison.Ordinal) || resource.StartsWith("limits.hugepages-", StringComparison.Ordinal);

    private static void Divisor(ResourceFieldSelector resource, FieldPath path, FieldErrors errors)
    {
        var name = resource.Resource[(resource.Resource.IndexOf('.', StringComparison.Ordinal) + 1)..];
        var (divisors, subject) = name switch
        {
            "cpu" => (CpuDivisors, "cpu"),
            "memory" => (ByteDivisors, "memory"),
            "ephemeral-storage" => (ByteDivisors, "local ephemeral storage"),
            _ when IsOfHugePages(resource.Resource) => (ByteDivisors, "hugepages"),
            _ => ([], ""),
        };
        if (divisors.Length > 0 && !resource.Divisor.IsZero && !divisors.Contains(resource.Divisor.ToString()))
        {
            var known = subject == "cpu" ? "1m and 1" : string.Join(", ", ByteDivisors);
            errors.Invalid(path, resource.Resource, $"only divisor's values {known} are supported with the {subject} resource");
        }
    }

    private static void KeyReference(string? name, string key, FieldPath path, FieldErrors errors)
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

    private static void FileReference(FileKeySelector file, FieldPath path, FieldErrors errors)
    {
        VolumeSourceValidation.Require(file.VolumeName, path.Child("volumeName"), errors);
        VolumeSourceValidation.Require(file.Key, path.Child("key"), errors);
        if (VolumeSourceValidation.Require(file.Path, path.Child("path"), errors))
        {
            PathValidation.LocalNonReserved(file.Path, path.Child("path"), errors);
        }
    }

    private static void ValidateFrom(EnvFromSource source, int index, FieldPath path, FieldErrors errors)
    {
        var at = path.Index(index);
        if (!string.IsNullOrEmpty(source.Prefix))
        {
            errors.Invalid(at.Child("prefix"), source.Prefix, Names.IsEnvVarName(source.Prefix));
        }
        if (source.ConfigMapRef is { } map)
        {
            SourceName(map.Name, at.Child("configMapRef").Child("name"), errors);
        }
        if (source.SecretRef is { } secret)
        {
            SourceName(secret.Name, at.Child("secretRef").Child("name"), errors);
        }
        if (source.ConfigMapRef is null && source.SecretRef is null)
        {
            errors.Invalid(path, "", "must specify one of: `configMapRef` or `secretRef`");
        }
        else if (source.ConfigMapRef is not null && source.SecretRef is not null)
        {
            errors.Invalid(path, "", "may not have more than one field specified at a time");
        }
    }

    private static void SourceName(string? name, FieldPath path, FieldErrors errors)
    {
        if (VolumeSourceValidation.Require(name, path, errors))
        {
            errors.Invalid(path, name, Names.IsDns1123Subdomain(name));
        }
    }
}
