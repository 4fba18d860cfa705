namespace Sampan.Api.Apps.V1;

[ApiType("io.k8s.api.apps.v1.StatefulSetStatus")]
public sealed partial class StatefulSetStatus : IApiType<StatefulSetStatus>
{
    [Field("observedGeneration", 1)]
    public long ObservedGeneration { get; set; }

    [Field("replicas", 2, Required = true)]
    public int Replicas { get; set; }

    [Field("readyReplicas", 3)]
    public int ReadyReplicas { get; set; }

    [Field("currentReplicas", 4)]
    public int CurrentReplicas { get; set; }

    [Field("updatedReplicas", 5)]
    public int UpdatedReplicas { get; set; }

    [Field("currentRevision", 6)]
    public string? CurrentRevision { get; set; }

    [Field("updateRevision", 7)]
    public string? UpdateRevision { get; set; }

    [Field("collisionCount", 9)]
    public int? CollisionCount { get; set; }

    [Field("conditions", 10, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<StatefulSetCondition>? Conditions { get; set; }

    [Field("availableReplicas", 11, Always = true, Default = "0")]
    public int AvailableReplicas { get; set; }
}
