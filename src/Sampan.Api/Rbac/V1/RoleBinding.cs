using Sampan.Api.Meta.V1;

namespace Sampan.Api.Rbac.V1;

/// <summary>Gives a Role or ClusterRole to users, groups or service accounts inside one namespace.</summary>
[ApiType("io.k8s.api.rbac.v1.RoleBinding")]
[Kind("rbac.authorization.k8s.io", "v1", Plural = "rolebindings", Singular = "rolebinding", Namespaced = true, Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class RoleBinding : IObject<RoleBinding>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>Who gets the role.</summary>
    [Field("subjects", 2, ListType = "atomic")]
    public List<Subject>? Subjects { get; set; }

    /// <summary>The Role of this namespace, or the ClusterRole, that they get here; immutable.</summary>
    [Field("roleRef", 3, Required = true)]
    public RoleRef RoleRef { get; set; } = new();
}
