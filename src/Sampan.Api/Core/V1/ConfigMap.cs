using Sampan.Api.Meta.V1;

namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ConfigMap")]
[Kind("", "v1", Plural = "configmaps", Singular = "configmap", Namespaced = true, ShortNames = ["cm"], Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class ConfigMap : IObject<ConfigMap>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    [Field("immutable", 4)]
    public bool? Immutable { get; set; }

    [Field("data", 2)]
    public Dictionary<string, string>? Data { get; set; }

    [Field("binaryData", 3)]
    public Dictionary<string, byte[]>? BinaryData { get; set; }
}
