namespace Sampan.Api.Scheduling.V1Alpha2;

[ApiType("io.k8s.api.scheduling.v1alpha2.PodGroupSchedulingConstraints")]
public sealed partial class PodGroupSchedulingConstraints : IApiType<PodGroupSchedulingConstraints>
{
    [Field("topology", 1, ListType = "atomic")]
    public List<TopologyConstraint>? Topology { get; set; }
}
