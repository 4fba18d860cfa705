namespace Sampan.Api.Scheduling.V1Alpha2;

[ApiType("io.k8s.api.scheduling.v1alpha2.PodGroupSchedulingPolicy", Unions = "[{\"fields-to-discriminateBy\":{\"basic\":\"Basic\",\"gang\":\"Gang\"}}]")]
public sealed partial class PodGroupSchedulingPolicy : IApiType<PodGroupSchedulingPolicy>
{
    [Field("basic", 1)]
    public BasicSchedulingPolicy? Basic { get; set; }

    [Field("gang", 2)]
    public GangSchedulingPolicy? Gang { get; set; }
}
