namespace Sampan.Api.Scheduling.V1Alpha2;

/// <summary>Names a template in a Workload.</summary>
[ApiType("io.k8s.api.scheduling.v1alpha2.WorkloadPodGroupTemplateReference")]
public sealed partial class WorkloadPodGroupTemplateReference : IApiType<WorkloadPodGroupTemplateReference>
{
    /// <summary>The Workload's name, in the same namespace.</summary>
    [Field("workloadName", 1, Required = true)]
    public string WorkloadName { get; set; } = "";

    /// <summary>The template's name in the Workload.</summary>
    [Field("podGroupTemplateName", 2, Required = true)]
    public string PodGroupTemplateName { get; set; } = "";
}
