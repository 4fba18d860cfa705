namespace Sampan.Api.Core.V1;

/// <summary>How many pods a ReplicationController has, as last observed.</summary>
[ApiType("io.k8s.api.core.v1.ReplicationControllerStatus")]
public sealed partial class ReplicationControllerStatus : IApiType<ReplicationControllerStatus>
{
    /// <summary>Number of pods that exist.</summary>
    [Field("replicas", 1, Required = true)]
    public int Replicas { get; set; }

    /// <summary>Number of pods that carry all labels of the template.</summary>
    [Field("fullyLabeledReplicas", 2)]
    public int FullyLabeledReplicas { get; set; }

    /// <summary>Number of pods that are ready.</summary>
    [Field("readyReplicas", 4)]
    public int ReadyReplicas { get; set; }

    /// <summary>Number of pods that have been ready for the minimum time.</summary>
    [Field("availableReplicas", 5)]
    public int AvailableReplicas { get; set; }

    /// <summary>Generation of the controller's spec that this status reflects.</summary>
    [Field("observedGeneration", 3)]
    public long ObservedGeneration { get; set; }

    /// <summary>Observations about the controller, such as failures to create pods.</summary>
    [Field("conditions", 6, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<ReplicationControllerCondition>? Conditions { get; set; }
}
