namespace Sampan.Api.Scheduling.V1Alpha2;

[ApiType("io.k8s.api.scheduling.v1alpha2.PodGroupTemplateReference", Unions = "[{\"fields-to-discriminateBy\":{\"workload\":\"Workload\"}}]")]
public sealed partial class PodGroupTemplateReference : IApiType<PodGroupTemplateReference>
{
    [Field("workload", 1)]
    public WorkloadPodGroupTemplateReference? Workload { get; set; }
}
