namespace Sampan.Api.Scheduling.V1Alpha2;

/// <summary>What groups of a Workload look like.</summary>
[ApiType("io.k8s.api.scheduling.v1alpha2.PodGroupTemplate")]
public sealed partial class PodGroupTemplate : IApiType<PodGroupTemplate>
{
    /// <summary>The template's name, unique in its Workload.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>Whether pods are placed one by one or together.</summary>
    [Field("schedulingPolicy", 2, Required = true)]
    public PodGroupSchedulingPolicy SchedulingPolicy { get; set; } = new();

    /// <summary>Where each group may be as a whole.</summary>
    [Field("schedulingConstraints", 3)]
    public PodGroupSchedulingConstraints? SchedulingConstraints { get; set; }

    /// <summary>Claims that a group's pods share.</summary>
    [Field("resourceClaims", 4, ListType = "map", ListKeys = ["name"], PatchStrategy = "merge,retainKeys", MergeKey = "name")]
    public List<PodGroupResourceClaim>? ResourceClaims { get; set; }

    /// <summary>Whether preemption may take single pods (Pod) or only the whole group (PodGroup).</summary>
    [Field("disruptionMode", 5, Pointer = true)]
    public string? DisruptionMode { get; set; }

    /// <summary>The PriorityClass of groups made from it.</summary>
    [Field("priorityClassName", 6)]
    public string? PriorityClassName { get; set; }

    /// <summary>The priority's number, filled in from the class.</summary>
    [Field("priority", 7)]
    public int? Priority { get; set; }
}
