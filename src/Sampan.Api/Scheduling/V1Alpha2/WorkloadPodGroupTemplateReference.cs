namespace Sampan.Api.Scheduling.V1Alpha2;

[ApiType("io.k8s.api.scheduling.v1alpha2.WorkloadPodGroupTemplateReference")]
public sealed partial class WorkloadPodGroupTemplateReference : IApiType<WorkloadPodGroupTemplateReference>
{
    [Field("workloadName", 1, Required = true)]
    public string WorkloadName { get; set; } = "";

    [Field("podGroupTemplateName", 2, Required = true)]
    public string PodGroupTemplateName { get; set; } = "";
}
