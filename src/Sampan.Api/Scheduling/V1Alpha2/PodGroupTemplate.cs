namespace Sampan.Api.Scheduling.V1Alpha2;

[ApiType("io.k8s.api.scheduling.v1alpha2.PodGroupTemplate")]
public sealed partial class PodGroupTemplate : IApiType<PodGroupTemplate>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    [Field("schedulingPolicy", 2, Required = true)]
    public PodGroupSchedulingPolicy SchedulingPolicy { get; set; } = new();

    [Field("schedulingConstraints", 3)]
    public PodGroupSchedulingConstraints? SchedulingConstraints { get; set; }

    [Field("resourceClaims", 4, ListType = "map", ListKeys = ["name"], PatchStrategy = "merge,retainKeys", MergeKey = "name")]
    public List<PodGroupResourceClaim>? ResourceClaims { get; set; }

    [Field("disruptionMode", 5, Pointer = true)]
    public string? DisruptionMode { get; set; }

    [Field("priorityClassName", 6)]
    public string? PriorityClassName { get; set; }

    [Field("priority", 7)]
    public int? Priority { get; set; }
}
