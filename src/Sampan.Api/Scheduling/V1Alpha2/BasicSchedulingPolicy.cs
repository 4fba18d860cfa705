namespace Sampan.Api.Scheduling.V1Alpha2;

/// <summary>The pods of a group are placed one by one, as if there were no group.</summary>
[ApiType("io.k8s.api.scheduling.v1alpha2.BasicSchedulingPolicy")]
public sealed partial class BasicSchedulingPolicy : IApiType<BasicSchedulingPolicy>
{
}
