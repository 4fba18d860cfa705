using Sampan.Api.Meta.V1;

namespace Sampan.Api.Rbac.V1;

/// <summary>A set of permissions, for the whole cluster or for use in any namespace.</summary>
[ApiType("io.k8s.api.rbac.v1.ClusterRole")]
[Kind("rbac.authorization.k8s.io", "v1", Plural = "clusterroles", Singular = "clusterrole", Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class ClusterRole : IObject<ClusterRole>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>What the role permits; kept by the controller when there is an aggregation rule.</summary>
    [Field("rules", 2, ListType = "atomic")]
    public List<PolicyRule>? Rules { get; set; }

    /// <summary>Which other ClusterRoles this one is made of; rules written by hand are replaced then.</summary>
    [Field("aggregationRule", 3)]
    public AggregationRule? AggregationRule { get; set; }
}
