namespace Sampan.Api.Batch.V1;

/// <summary>How a job treats certain pod failures.</summary>
[ApiType("io.k8s.api.batch.v1.PodFailurePolicy")]
public sealed partial class PodFailurePolicy : IApiType<PodFailurePolicy>
{
    /// <summary>
    /// Rules tried from first to last, at most 20; the first that fits decides, and if none does, the failure counts as usual.
    /// </summary>
    [Field("rules", 1, Required = true, ListType = "atomic")]
    public List<PodFailurePolicyRule> Rules { get; set; } = [];
}
