using Sampan.Api.Meta.V1;

namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.Secret")]
[Kind("", "v1", Plural = "secrets", Singular = "secret", Namespaced = true, Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class Secret : IObject<Secret>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    [Field("immutable", 5)]
    public bool? Immutable { get; set; }

    [Field("data", 2)]
    public Dictionary<string, byte[]>? Data { get; set; }

    [Field("stringData", 4)]
    public Dictionary<string, string>? StringData { get; set; }

    [Field("type", 3)]
    public string? Type { get; set; }
}
