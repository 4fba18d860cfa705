namespace Sampan.Api.Apps.V1;

/// <summary>Counts of a ReplicaSet's pods.</summary>
[ApiType("io.k8s.api.apps.v1.ReplicaSetStatus")]
public sealed partial class ReplicaSetStatus : IApiType<ReplicaSetStatus>
{
    /// <summary>Pods that exist, those being deleted not counted.</summary>
    [Field("replicas", 1, Required = true)]
    public int Replicas { get; set; }

    /// <summary>Pods that still carry all labels of the template.</summary>
    [Field("fullyLabeledReplicas", 2)]
    public int FullyLabeledReplicas { get; set; }

    /// <summary>Pods that report being ready.</summary>
    [Field("readyReplicas", 4)]
    public int ReadyReplicas { get; set; }

    /// <summary>Pods that have been ready long enough to count on.</summary>
    [Field("availableReplicas", 5)]
    public int AvailableReplicas { get; set; }

    /// <summary>Pods that are on their way out, deleted but not ended; absent if not counted.</summary>
    [Field("terminatingReplicas", 7)]
    public int? TerminatingReplicas { get; set; }

    /// <summary>Generation of the ReplicaSet the counts belong to.</summary>
    [Field("observedGeneration", 3)]
    public long ObservedGeneration { get; set; }

    /// <summary>Problems and other aspects, one entry per type.</summary>
    [Field("conditions", 6, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<ReplicaSetCondition>? Conditions { get; set; }
}
