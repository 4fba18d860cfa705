using Sampan.Api.Meta.V1;

namespace Sampan.Api.Rbac.V1;

/// <summary>Makes a ClusterRole the sum of others.</summary>
[ApiType("io.k8s.api.rbac.v1.AggregationRule")]
public sealed partial class AggregationRule : IApiType<AggregationRule>
{
    /// <summary>Labels of the ClusterRoles whose rules are taken; one selector that matches is enough.</summary>
    [Field("clusterRoleSelectors", 1, ListType = "atomic")]
    public List<LabelSelector>? ClusterRoleSelectors { get; set; }
}
