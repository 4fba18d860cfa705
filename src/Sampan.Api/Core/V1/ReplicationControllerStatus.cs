namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ReplicationControllerStatus")]
public sealed partial class ReplicationControllerStatus : IApiType<ReplicationControllerStatus>
{
    [Field("replicas", 1, Required = true)]
    public int Replicas { get; set; }

    [Field("fullyLabeledReplicas", 2)]
    public int FullyLabeledReplicas { get; set; }

    [Field("readyReplicas", 4)]
    public int ReadyReplicas { get; set; }

    [Field("availableReplicas", 5)]
    public int AvailableReplicas { get; set; }

    [Field("observedGeneration", 3)]
    public long ObservedGeneration { get; set; }

    [Field("conditions", 6, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<ReplicationControllerCondition>? Conditions { get; set; }
}
