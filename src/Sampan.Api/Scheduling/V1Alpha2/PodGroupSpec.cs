namespace Sampan.Api.Scheduling.V1Alpha2;

/// <summary>How a group of pods is scheduled.</summary>
[ApiType("io.k8s.api.scheduling.v1alpha2.PodGroupSpec")]
public sealed partial class PodGroupSpec : IApiType<PodGroupSpec>
{
    /// <summary>The template in a Workload that the group was made from.</summary>
    [Field("podGroupTemplateRef", 1)]
    public PodGroupTemplateReference? PodGroupTemplateRef { get; set; }

    /// <summary>Whether pods are placed one by one or together.</summary>
    [Field("schedulingPolicy", 2, Required = true)]
    public PodGroupSchedulingPolicy SchedulingPolicy { get; set; } = new();

    /// <summary>Where the group may be as a whole.</summary>
    [Field("schedulingConstraints", 3)]
    public PodGroupSchedulingConstraints? SchedulingConstraints { get; set; }

    /// <summary>Claims that the group's pods share.</summary>
    [Field("resourceClaims", 4, ListType = "map", ListKeys = ["name"], PatchStrategy = "merge,retainKeys", MergeKey = "name")]
    public List<PodGroupResourceClaim>? ResourceClaims { get; set; }

    /// <summary>Whether preemption may take single pods (Pod) or only the whole group (PodGroup).</summary>
    [Field("disruptionMode", 5, Pointer = true, Default = "Pod")]
    public string? DisruptionMode { get; set; }

    /// <summary>The PriorityClass of the group.</summary>
    [Field("priorityClassName", 6)]
    public string? PriorityClassName { get; set; }

    /// <summary>The priority's number, filled in from the class.</summary>
    [Field("priority", 7)]
    public int? Priority { get; set; }
}
