namespace Sampan.Api.Batch.V1;

[ApiType("io.k8s.api.batch.v1.UncountedTerminatedPods")]
public sealed partial class UncountedTerminatedPods : IApiType<UncountedTerminatedPods>
{
    [Field("succeeded", 1, ListType = "set")]
    public List<string>? Succeeded { get; set; }

    [Field("failed", 2, ListType = "set")]
    public List<string>? Failed { get; set; }
}
