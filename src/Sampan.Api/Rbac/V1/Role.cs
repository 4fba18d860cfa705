using Sampan.Api.Meta.V1;

namespace Sampan.Api.Rbac.V1;

/// <summary>A set of permissions inside one namespace.</summary>
[ApiType("io.k8s.api.rbac.v1.Role")]
[Kind("rbac.authorization.k8s.io", "v1", Plural = "roles", Singular = "role", Namespaced = true, Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class Role : IObject<Role>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>What the role permits in its namespace.</summary>
    [Field("rules", 2, ListType = "atomic")]
    public List<PolicyRule>? Rules { get; set; }
}
