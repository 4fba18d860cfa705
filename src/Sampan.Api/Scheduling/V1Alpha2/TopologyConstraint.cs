namespace Sampan.Api.Scheduling.V1Alpha2;

/// <summary>A topology domain in which all pods of a group must be.</summary>
[ApiType("io.k8s.api.scheduling.v1alpha2.TopologyConstraint")]
public sealed partial class TopologyConstraint : IApiType<TopologyConstraint>
{
    /// <summary>The node label whose value is the domain, such as topology.kubernetes.io/zone.</summary>
    [Field("key", 1, Required = true)]
    public string Key { get; set; } = "";
}
