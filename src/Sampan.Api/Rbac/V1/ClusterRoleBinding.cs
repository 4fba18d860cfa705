using Sampan.Api.Meta.V1;

namespace Sampan.Api.Rbac.V1;

/// <summary>Gives a ClusterRole to users, groups or service accounts for the whole cluster.</summary>
[ApiType("io.k8s.api.rbac.v1.ClusterRoleBinding")]
[Kind("rbac.authorization.k8s.io", "v1", Plural = "clusterrolebindings", Singular = "clusterrolebinding", Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class ClusterRoleBinding : IObject<ClusterRoleBinding>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>Who gets the role.</summary>
    [Field("subjects", 2, ListType = "atomic")]
    public List<Subject>? Subjects { get; set; }

    /// <summary>The ClusterRole that they get; immutable.</summary>
    [Field("roleRef", 3, Required = true)]
    public RoleRef RoleRef { get; set; } = new();
}
