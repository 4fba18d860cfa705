namespace Sampan.Api.Batch.V1;

/// <summary>When an Indexed job counts as done although not all indexes succeeded.</summary>
[ApiType("io.k8s.api.batch.v1.SuccessPolicy")]
public sealed partial class SuccessPolicy : IApiType<SuccessPolicy>
{
    /// <summary>
    /// Alternatives, tried from first to last, at most 20; one fulfilled makes the job succeed and ends its remaining pods.
    /// </summary>
    [Field("rules", 1, Required = true, ListType = "atomic")]
    public List<SuccessPolicyRule> Rules { get; set; } = [];
}
