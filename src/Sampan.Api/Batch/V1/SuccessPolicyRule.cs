namespace Sampan.Api.Batch.V1;

/// <summary>Which indexes, or how many, must have succeeded; at least one of the two is given.</summary>
[ApiType("io.k8s.api.batch.v1.SuccessPolicyRule")]
public sealed partial class SuccessPolicyRule : IApiType<SuccessPolicyRule>
{
    /// <summary>Indexes that matter, as numbers and ranges such as 0,2-4; all of them must succeed unless a count is given.</summary>
    [Field("succeededIndexes", 1, Pointer = true)]
    public string? SucceededIndexes { get; set; }

    /// <summary>How many must succeed, of the indexes listed or, without a list, of all; more than 0.</summary>
    [Field("succeededCount", 2)]
    public int? SucceededCount { get; set; }
}
