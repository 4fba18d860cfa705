namespace Sampan.Api.Apps.V1;

/// <summary>How many nodes have their pod, and in which state.</summary>
[ApiType("io.k8s.api.apps.v1.DaemonSetStatus")]
public sealed partial class DaemonSetStatus : IApiType<DaemonSetStatus>
{
    /// <summary>Nodes that should have a pod and have at least one.</summary>
    [Field("currentNumberScheduled", 1, Required = true)]
    public int CurrentNumberScheduled { get; set; }

    /// <summary>Nodes that have a pod although they should not.</summary>
    [Field("numberMisscheduled", 2, Required = true)]
    public int NumberMisscheduled { get; set; }

    /// <summary>Nodes that should have a pod, whether or not they do.</summary>
    [Field("desiredNumberScheduled", 3, Required = true)]
    public int DesiredNumberScheduled { get; set; }

    /// <summary>Nodes whose pod is wanted there and ready.</summary>
    [Field("numberReady", 4, Required = true)]
    public int NumberReady { get; set; }

    /// <summary>Generation of the DaemonSet that these numbers reflect.</summary>
    [Field("observedGeneration", 5)]
    public long ObservedGeneration { get; set; }

    /// <summary>Nodes whose pod already follows the present template.</summary>
    [Field("updatedNumberScheduled", 6)]
    public int UpdatedNumberScheduled { get; set; }

    /// <summary>Nodes whose wanted pod has been ready for the minimum time.</summary>
    [Field("numberAvailable", 7)]
    public int NumberAvailable { get; set; }

    /// <summary>Nodes that should have a pod but have no available one.</summary>
    [Field("numberUnavailable", 8)]
    public int NumberUnavailable { get; set; }

    /// <summary>How often the name for a new ControllerRevision was already taken; goes into the next hash.</summary>
    [Field("collisionCount", 9)]
    public int? CollisionCount { get; set; }

    /// <summary>Further aspects of the state, one entry per type.</summary>
    [Field("conditions", 10, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<DaemonSetCondition>? Conditions { get; set; }
}
