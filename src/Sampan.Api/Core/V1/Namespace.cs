using Sampan.Api.Meta.V1;

namespace Sampan.Api.Core.V1;

/// <summary>A room for names: most objects live in one, and go when it goes.</summary>
[ApiType("io.k8s.api.core.v1.Namespace")]
[Kind("", "v1", Plural = "namespaces", Singular = "namespace", ShortNames = ["ns"], Verbs = ["create", "delete", "get", "list", "patch", "update", "watch"])]
[Subresource("finalize", Verbs = ["update"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial class Namespace : IObject<Namespace>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>What has to be finished before the namespace can disappear.</summary>
    [Field("spec", 2)]
    public NamespaceSpec Spec { get; set; } = new();

    /// <summary>Whether the namespace is in use or going away.</summary>
    [Field("status", 3)]
    public NamespaceStatus Status { get; set; } = new();
}
