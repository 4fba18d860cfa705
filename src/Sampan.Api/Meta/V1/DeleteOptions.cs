namespace Sampan.Api.Meta.V1;

/// <summary>How an object is to be deleted.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions")]
[Kind("", "v1")]
public sealed partial class DeleteOptions : ITyped<DeleteOptions>
{
    /// <summary>Seconds that the object may take to end; 0 deletes at once. The kind's own default when absent.</summary>
    [Field("gracePeriodSeconds", 1)]
    public long? GracePeriodSeconds { get; set; }

    /// <summary>What the object must be for the deletion to happen; 409 otherwise.</summary>
    [Field("preconditions", 2)]
    public Preconditions? Preconditions { get; set; }

    /// <summary>Outdated form of propagationPolicy: true keeps the dependents. Not to be set together with it.</summary>
    [Field("orphanDependents", 3)]
    public bool? OrphanDependents { get; set; }

    /// <summary>Orphan keeps the dependents, Background deletes them afterwards, Foreground deletes them first.</summary>
    [Field("propagationPolicy", 4, Pointer = true)]
    public string? PropagationPolicy { get; set; }

    /// <summary>All goes through every step of the request without deleting anything.</summary>
    [Field("dryRun", 5, ListType = "atomic")]
    public List<string>? DryRun { get; set; }

    /// <summary>Deletes an object that cannot be read from the store, without finalizers or checks; may leave things behind.</summary>
    [Field("ignoreStoreReadErrorWithClusterBreakingPotential", 6)]
    public bool? IgnoreStoreReadErrorWithClusterBreakingPotential { get; set; }
}
