using Sampan.Api.Meta.V1;

namespace Sampan.Api.Rbac.V1;

/// <summary>Gives a Role or ClusterRole to users, groups or service accounts inside one namespace.</summary>
[ApiType("io.k8s.api.rbac.v1.RoleBinding")]
[Kind("rbac.authorization.k8s.io", "v1", Plural = "rolebindings", Singular = "rolebinding", Namespaced = true, Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class RoleBinding : IObject<RoleBinding>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    [Field("subjects", 2, ListType = "atomic")]
    public List<Subject>? Subjects { get; set; }

    [Field("roleRef", 3, Required = true)]
    public RoleRef RoleRef { get; set; } = new();
}
