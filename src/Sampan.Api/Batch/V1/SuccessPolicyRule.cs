namespace Sampan.Api.Batch.V1;

[ApiType("io.k8s.api.batch.v1.SuccessPolicyRule")]
public sealed partial class SuccessPolicyRule : IApiType<SuccessPolicyRule>
{
    [Field("succeededIndexes", 1, Pointer = true)]
    public string? SucceededIndexes { get; set; }

    [Field("succeededCount", 2)]
    public int? SucceededCount { get; set; }
}
