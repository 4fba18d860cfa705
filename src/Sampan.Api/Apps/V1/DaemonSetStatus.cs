namespace Sampan.Api.Apps.V1;

[ApiType("io.k8s.api.apps.v1.DaemonSetStatus")]
public sealed partial class DaemonSetStatus : IApiType<DaemonSetStatus>
{
    [Field("currentNumberScheduled", 1, Required = true)]
    public int CurrentNumberScheduled { get; set; }

    [Field("numberMisscheduled", 2, Required = true)]
    public int NumberMisscheduled { get; set; }

    [Field("desiredNumberScheduled", 3, Required = true)]
    public int DesiredNumberScheduled { get; set; }

    [Field("numberReady", 4, Required = true)]
    public int NumberReady { get; set; }

    [Field("observedGeneration", 5)]
    public long ObservedGeneration { get; set; }

    [Field("updatedNumberScheduled", 6)]
    public int UpdatedNumberScheduled { get; set; }

    [Field("numberAvailable", 7)]
    public int NumberAvailable { get; set; }

    [Field("numberUnavailable", 8)]
    public int NumberUnavailable { get; set; }

    [Field("collisionCount", 9)]
    public int? CollisionCount { get; set; }

    [Field("conditions", 10, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<DaemonSetCondition>? Conditions { get; set; }
}
