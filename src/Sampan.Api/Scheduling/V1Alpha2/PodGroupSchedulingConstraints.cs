namespace Sampan.Api.Scheduling.V1Alpha2;

/// <summary>Where the pods of a group may be, seen together.</summary>
[ApiType("io.k8s.api.scheduling.v1alpha2.PodGroupSchedulingConstraints")]
public sealed partial class PodGroupSchedulingConstraints : IApiType<PodGroupSchedulingConstraints>
{
    /// <summary>Topology domains in which the whole group must be.</summary>
    [Field("topology", 1, ListType = "atomic")]
    public List<TopologyConstraint>? Topology { get; set; }
}
