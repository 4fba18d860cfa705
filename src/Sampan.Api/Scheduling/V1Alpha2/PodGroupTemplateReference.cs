namespace Sampan.Api.Scheduling.V1Alpha2;

/// <summary>Where the template of a group is; exactly one of its fields is set.</summary>
[ApiType("io.k8s.api.scheduling.v1alpha2.PodGroupTemplateReference", Unions = "[{\"fields-to-discriminateBy\":{\"workload\":\"Workload\"}}]")]
public sealed partial class PodGroupTemplateReference : IApiType<PodGroupTemplateReference>
{
    /// <summary>A template of a Workload.</summary>
    [Field("workload", 1)]
    public WorkloadPodGroupTemplateReference? Workload { get; set; }
}
