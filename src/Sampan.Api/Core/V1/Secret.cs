using Sampan.Api.Meta.V1;

namespace Sampan.Api.Core.V1;

/// <summary>Small confidential data, for pods to read as files or environment variables.</summary>
[ApiType("io.k8s.api.core.v1.Secret")]
[Kind("", "v1", Plural = "secrets", Singular = "secret", Namespaced = true, Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class Secret : IObject<Secret>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>Whether the data is fixed for good.</summary>
    [Field("immutable", 5)]
    public bool? Immutable { get; set; }

    /// <summary>Bytes by key, as base64.</summary>
    [Field("data", 2)]
    public Dictionary<string, byte[]>? Data { get; set; }

    /// <summary>Texts by key that the server turns into data; never read back.</summary>
    [Field("stringData", 4)]
    public Dictionary<string, string>? StringData { get; set; }

    /// <summary>What the data is for, such as kubernetes.io/tls.</summary>
    [Field("type", 3)]
    public string? Type { get; set; }
}
