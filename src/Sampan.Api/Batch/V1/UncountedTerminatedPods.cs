namespace Sampan.Api.Batch.V1;

/// <summary>UIDs of ended pods that the job's counts do not include yet.</summary>
[ApiType("io.k8s.api.batch.v1.UncountedTerminatedPods")]
public sealed partial class UncountedTerminatedPods : IApiType<UncountedTerminatedPods>
{
    /// <summary>UIDs of those that ended with success.</summary>
    [Field("succeeded", 1, ListType = "set")]
    public List<string>? Succeeded { get; set; }

    /// <summary>UIDs of those that ended in failure.</summary>
    [Field("failed", 2, ListType = "set")]
    public List<string>? Failed { get; set; }
}
