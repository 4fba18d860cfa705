namespace Sampan.Api.Scheduling.V1Alpha2;

[ApiType("io.k8s.api.scheduling.v1alpha2.GangSchedulingPolicy")]
public sealed partial class GangSchedulingPolicy : IApiType<GangSchedulingPolicy>
{
    [Field("minCount", 1, Required = true)]
    public int MinCount { get; set; }
}
