namespace Sampan.Api.Scheduling.V1Alpha2;

[ApiType("io.k8s.api.scheduling.v1alpha2.BasicSchedulingPolicy")]
public sealed partial class BasicSchedulingPolicy : IApiType<BasicSchedulingPolicy>
{
}
