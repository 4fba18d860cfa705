namespace Sampan.Api.Scheduling.V1Alpha2;

/// <summary>The groups of an application and who manages them.</summary>
[ApiType("io.k8s.api.scheduling.v1alpha2.WorkloadSpec")]
public sealed partial class WorkloadSpec : IApiType<WorkloadSpec>
{
    /// <summary>The object that the application is managed by, such as a Job; for tools to show.</summary>
    [Field("controllerRef", 1)]
    public TypedLocalObjectReference? ControllerRef { get; set; }

    /// <summary>The templates of the groups; at least one, immutable.</summary>
    [Field("podGroupTemplates", 2, Required = true, ListType = "map", ListKeys = ["name"])]
    public List<PodGroupTemplate> PodGroupTemplates { get; set; } = [];
}
