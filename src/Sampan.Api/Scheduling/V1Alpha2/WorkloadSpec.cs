namespace Sampan.Api.Scheduling.V1Alpha2;

[ApiType("io.k8s.api.scheduling.v1alpha2.WorkloadSpec")]
public sealed partial class WorkloadSpec : IApiType<WorkloadSpec>
{
    [Field("controllerRef", 1)]
    public TypedLocalObjectReference? ControllerRef { get; set; }

    [Field("podGroupTemplates", 2, Required = true, ListType = "map", ListKeys = ["name"])]
    public List<PodGroupTemplate> PodGroupTemplates { get; set; } = [];
}
