namespace Sampan.Api.Apps.V1;

[ApiType("io.k8s.api.apps.v1.DeploymentStatus")]
public sealed partial class DeploymentStatus : IApiType<DeploymentStatus>
{
    [Field("observedGeneration", 1)]
    public long ObservedGeneration { get; set; }

    [Field("replicas", 2)]
    public int Replicas { get; set; }

    [Field("updatedReplicas", 3)]
    public int UpdatedReplicas { get; set; }

    [Field("readyReplicas", 7)]
    public int ReadyReplicas { get; set; }

    [Field("availableReplicas", 4)]
    public int AvailableReplicas { get; set; }

    [Field("unavailableReplicas", 5)]
    public int UnavailableReplicas { get; set; }

    [Field("terminatingReplicas", 9)]
    public int? TerminatingReplicas { get; set; }

    [Field("conditions", 6, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<DeploymentCondition>? Conditions { get; set; }

    [Field("collisionCount", 8)]
    public int? CollisionCount { get; set; }
}
