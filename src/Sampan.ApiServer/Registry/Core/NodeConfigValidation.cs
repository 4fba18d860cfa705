using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of the kubelet configuration that old nodes name; nobody reads it any more.</summary>
internal static class NodeConfigValidation
{
    public static void Validate(Node node, FieldErrors errors)
    {
        Source(node.Spec.ConfigSource, FieldPath.Of("spec").Child("configSource"), InSpec, errors);
        var path = FieldPath.Of("status").Child("config");
        Source(node.Status.Config?.Assigned, path.Child("assigned"), InStatus, errors);
        Source(node.Status.Config?.Active, path.Child("active"), InStatus, errors);
        Source(node.Status.Config?.LastKnownGood, path.Child("lastKnownGood"), InStatus, errors);
    }

    private static void Source(
        NodeConfigSource? source, FieldPath path, Action<ConfigMapNodeConfigSource, FieldPath, FieldErrors> version, FieldErrors errors)
    {
        if (source is null)
        {
            return;
        }
        if (source.ConfigMap is not { } map)
        {
            errors.Invalid(path, new JsonObject { ["ConfigMap"] = null }, "exactly one reference subfield must be non-nil");
            return;
        }
        var at = path.Child("configMap");
        version(map, at, errors);
        Named(at, "namespace", map.Namespace, NameChecks.Label(map.Namespace, false), errors);
        Named(at, "name", map.Name, NameChecks.Subdomain(map.Name, false), errors);
        Named(at, "kubeletConfigKey", map.KubeletConfigKey, Names.IsConfigMapKey(map.KubeletConfigKey), errors);
    }

    private static void Named(FieldPath path, string field, string value, IEnumerable<string> complaints, FieldErrors errors)
    {
        if (value.Length == 0)
        {
            errors.Required(path.Child(field), $"{field} must be set");
        }
        else
        {
            errors.Invalid(path.Child(field), value, complaints);
        }
    }

    private static void InSpec(ConfigMapNodeConfigSource map, FieldPath path, FieldErrors errors)
    {
        if (!string.IsNullOrEmpty(map.Uid))
        {
            errors.Forbidden(path.Child("uid"), "uid must not be set in spec");
        }
        if (!string.IsNullOrEmpty(map.ResourceVersion))
        {
            errors.Forbidden(path.Child("resourceVersion"), "resourceVersion must not be set in spec");
        }
    }

    private static void InStatus(ConfigMapNodeConfigSource map, FieldPath path, FieldErrors errors)
    {
        FieldChecks.Required(path.Child("uid"), map.Uid, errors, "uid must be set in status");
        FieldChecks.Required(path.Child("resourceVersion"), map.ResourceVersion, errors, "resourceVersion must be set in status");
    }
}
