using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of what a pod says of itself to its containers. Upstream: validateObjectFieldSelector, validateContainerResourceFieldSelector.</summary>
internal static class DownwardValidation
{
    /// <summary>The fields of pods that selectors know; not each can be shown everywhere.</summary>
    private static readonly string[] Fields =
    [
        "metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName",
        "spec.restartPolicy", "spec.serviceAccountName", "spec.schedulerName", "status.phase", "status.hostIP", "status.hostIPs",
        "status.podIP", "status.podIPs",
    ];

    private static readonly string[] Resources =
    [
        "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory",
    ];

    private static readonly string[] CpuDivisors = ["1m", "1"];

    private static readonly string[] ByteDivisors = ["1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"];

    /// <param name="allowed">The fields that may be shown at this place.</param>
    public static void Field(ObjectFieldSelector field, IReadOnlyList<string> allowed, FieldPath path, FieldErrors errors)
    {
        if (string.IsNullOrEmpty(field.ApiVersion))
        {
            errors.Required(path.Child("apiVersion"));
        }
        else if (field.FieldPath.Length == 0)
        {
            errors.Required(path.Child("fieldPath"));
        }
        else if (ComplaintAbout(field) is { } complaint)
        {
            errors.Invalid(path.Child("fieldPath"), field.FieldPath, $"error converting fieldPath: {complaint}");
        }
        else if (TrySplit(field.FieldPath, out var map, out var key))
        {
            var name = map == "metadata.labels" ? key : key.ToLowerInvariant();
            errors.Invalid(path, name, Names.IsQualifiedName(name));
        }
        else if (!allowed.Contains(Current(field.FieldPath)))
        {
            errors.NotSupported(path.Child("fieldPath"), Current(field.FieldPath), allowed);
        }
    }

    /// <param name="mayOmitContainer">Whether the container is the one at hand if it is not named.</param>
    public static void Resource(ResourceFieldSelector resource, bool mayOmitContainer, FieldPath path, FieldErrors errors)
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

    private static string? ComplaintAbout(ObjectFieldSelector field)
    {
        if (field.ApiVersion != "v1")
        {
            return $"unsupported pod version: {field.ApiVersion}";
        }
        if (TrySplit(field.FieldPath, out var map, out _))
        {
            return map is "metadata.annotations" or "metadata.labels" ? null : $"field label does not support subscript: {field.FieldPath}";
        }
        return Fields.Contains(Current(field.FieldPath)) ? null : $"field label not supported: {field.FieldPath}";
    }

    /// <summary>The present name of a field whose name was another once.</summary>
    private static string Current(string field) => field == "spec.host" ? "spec.nodeName" : field;

    /// <summary>metadata.labels['key'] is an entry of a map.</summary>
    private static bool TrySplit(string field, out string map, out string key)
    {
        var open = field.IndexOf("['", StringComparison.Ordinal);
        var isEntry = open > 0 && field.EndsWith("']", StringComparison.Ordinal) && open + 4 <= field.Length;
        (map, key) = isEntry ? (field[..open], field[(open + 2)..^2]) : (field, "");
        return isEntry;
    }

    private static bool IsOfHugePages(string resource) =>
        resource.StartsWith("requests.hugepages-", StringComparison.Ordinal) || resource.StartsWith("limits.hugepages-", StringComparison.Ordinal);

    private static void Divisor(ResourceFieldSelector resource, FieldPath path, FieldErrors errors)
    {
        var (divisors, subject) = resource.Resource switch
        {
            "limits.cpu" or "requests.cpu" => (CpuDivisors, "cpu"),
            "limits.memory" or "requests.memory" => (ByteDivisors, "memory"),
            "limits.ephemeral-storage" or "requests.ephemeral-storage" => (ByteDivisors, "local ephemeral storage"),
            var name when IsOfHugePages(name) => (ByteDivisors, "hugepages"),
            _ => ([], ""),
        };
        if (divisors.Length > 0 && !resource.Divisor.IsZero && !divisors.Contains(resource.Divisor.ToString()))
        {
            var known = subject == "cpu" ? "1m and 1" : string.Join(", ", ByteDivisors);
            errors.Invalid(path, resource.Resource, $"only divisor's values {known} are supported with the {subject} resource");
        }
    }
}
