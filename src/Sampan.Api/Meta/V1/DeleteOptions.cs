namespace Sampan.Api.Meta.V1;

/// <summary>How an object is to be deleted.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions")]
[Kind("", "v1")]
public sealed partial class DeleteOptions : ITyped<DeleteOptions>
{
    [Field("gracePeriodSeconds", 1)]
    public long? GracePeriodSeconds { get; set; }

    [Field("preconditions", 2)]
    public Preconditions? Preconditions { get; set; }

    [Field("orphanDependents", 3)]
    public bool? OrphanDependents { get; set; }

    [Field("propagationPolicy", 4, Pointer = true)]
    public string? PropagationPolicy { get; set; }

    [Field("dryRun", 5, ListType = "atomic")]
    public List<string>? DryRun { get; set; }

    [Field("ignoreStoreReadErrorWithClusterBreakingPotential", 6)]
    public bool? IgnoreStoreReadErrorWithClusterBreakingPotential { get; set; }
}
