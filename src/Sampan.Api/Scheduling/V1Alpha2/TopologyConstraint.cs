namespace Sampan.Api.Scheduling.V1Alpha2;

[ApiType("io.k8s.api.scheduling.v1alpha2.TopologyConstraint")]
public sealed partial class TopologyConstraint : IApiType<TopologyConstraint>
{
    [Field("key", 1, Required = true)]
    public string Key { get; set; } = "";
}
