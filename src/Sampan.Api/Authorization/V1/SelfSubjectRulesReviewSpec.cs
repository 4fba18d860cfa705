namespace Sampan.Api.Authorization.V1;

[ApiType("io.k8s.api.authorization.v1.SelfSubjectRulesReviewSpec")]
public sealed partial class SelfSubjectRulesReviewSpec : IApiType<SelfSubjectRulesReviewSpec>
{
    [Field("namespace", 1)]
    public string? Namespace { get; set; }
}
