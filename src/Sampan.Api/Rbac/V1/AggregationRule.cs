using Sampan.Api.Meta.V1;

namespace Sampan.Api.Rbac.V1;

[ApiType("io.k8s.api.rbac.v1.AggregationRule")]
public sealed partial class AggregationRule : IApiType<AggregationRule>
{
    [Field("clusterRoleSelectors", 1, ListType = "atomic")]
    public List<LabelSelector>? ClusterRoleSelectors { get; set; }
}
