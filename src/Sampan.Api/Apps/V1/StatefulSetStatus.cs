namespace Sampan.Api.Apps.V1;

/// <summary>Counts of a StatefulSet's pods and the versions they have.</summary>
[ApiType("io.k8s.api.apps.v1.StatefulSetStatus")]
public sealed partial class StatefulSetStatus : IApiType<StatefulSetStatus>
{
    /// <summary>Generation of the StatefulSet the controller last looked at.</summary>
    [Field("observedGeneration", 1)]
    public long ObservedGeneration { get; set; }

    /// <summary>Pods that exist, of either version.</summary>
    [Field("replicas", 2, Required = true)]
    public int Replicas { get; set; }

    /// <summary>Pods whose Ready condition is True.</summary>
    [Field("readyReplicas", 3)]
    public int ReadyReplicas { get; set; }

    /// <summary>Pods still on the version that is being replaced, or on the only one if no update is under way.</summary>
    [Field("currentReplicas", 4)]
    public int CurrentReplicas { get; set; }

    /// <summary>Pods on the newest version of the template.</summary>
    [Field("updatedReplicas", 5)]
    public int UpdatedReplicas { get; set; }

    /// <summary>ControllerRevision that pods not yet updated were made from.</summary>
    [Field("currentRevision", 6)]
    public string? CurrentRevision { get; set; }

    /// <summary>ControllerRevision of the newest template; equal to the current one when the update is complete.</summary>
    [Field("updateRevision", 7)]
    public string? UpdateRevision { get; set; }

    /// <summary>How often a new ControllerRevision's name was in use already; varies the next hash.</summary>
    [Field("collisionCount", 9)]
    public int? CollisionCount { get; set; }

    /// <summary>Aspects of the state, with one entry for each type.</summary>
    [Field("conditions", 10, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<StatefulSetCondition>? Conditions { get; set; }

    /// <summary>Pods that have stayed ready for the minimum time.</summary>
    [Field("availableReplicas", 11, Always = true, Default = "0")]
    public int AvailableReplicas { get; set; }
}
