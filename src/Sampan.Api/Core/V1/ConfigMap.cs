using Sampan.Api.Meta.V1;

namespace Sampan.Api.Core.V1;

/// <summary>Configuration as plain text or bytes, for pods to read as files or environment variables.</summary>
[ApiType("io.k8s.api.core.v1.ConfigMap")]
[Kind("", "v1", Plural = "configmaps", Singular = "configmap", Namespaced = true, ShortNames = ["cm"], Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class ConfigMap : IObject<ConfigMap>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>Whether the data is fixed for good.</summary>
    [Field("immutable", 4)]
    public bool? Immutable { get; set; }

    /// <summary>Texts by key.</summary>
    [Field("data", 2)]
    public Dictionary<string, string>? Data { get; set; }

    /// <summary>Bytes by key, as base64.</summary>
    [Field("binaryData", 3)]
    public Dictionary<string, byte[]>? BinaryData { get; set; }
}
