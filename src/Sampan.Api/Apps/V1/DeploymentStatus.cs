namespace Sampan.Api.Apps.V1;

/// <summary>Counts of a Deployment's pods, old and new.</summary>
[ApiType("io.k8s.api.apps.v1.DeploymentStatus")]
public sealed partial class DeploymentStatus : IApiType<DeploymentStatus>
{
    /// <summary>Generation the controller has acted upon; lower than the object's own while a change is still unseen.</summary>
    [Field("observedGeneration", 1)]
    public long ObservedGeneration { get; set; }

    /// <summary>Pods that exist and are not being deleted, of all versions.</summary>
    [Field("replicas", 2)]
    public int Replicas { get; set; }

    /// <summary>Pods of the present template, without those being deleted.</summary>
    [Field("updatedReplicas", 3)]
    public int UpdatedReplicas { get; set; }

    /// <summary>Pods that are ready, of all versions.</summary>
    [Field("readyReplicas", 7)]
    public int ReadyReplicas { get; set; }

    /// <summary>Pods that have been ready for the minimum time, of all versions.</summary>
    [Field("availableReplicas", 4)]
    public int AvailableReplicas { get; set; }

    /// <summary>Pods missing to full capacity: not yet available or not even created.</summary>
    [Field("unavailableReplicas", 5)]
    public int UnavailableReplicas { get; set; }

    /// <summary>Pods that are marked for deletion but have not ended; absent if not counted.</summary>
    [Field("terminatingReplicas", 9)]
    public int? TerminatingReplicas { get; set; }

    /// <summary>Aspects of the rollout, such as Progressing, one entry per type.</summary>
    [Field("conditions", 6, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<DeploymentCondition>? Conditions { get; set; }

    /// <summary>How often the name for a new ReplicaSet was already taken; enters the next hash.</summary>
    [Field("collisionCount", 8)]
    public int? CollisionCount { get; set; }
}
