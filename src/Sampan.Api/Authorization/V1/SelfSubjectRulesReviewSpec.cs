namespace Sampan.Api.Authorization.V1;

/// <summary>Where the caller wants to know its permissions.</summary>
[ApiType("io.k8s.api.authorization.v1.SelfSubjectRulesReviewSpec")]
public sealed partial class SelfSubjectRulesReviewSpec : IApiType<SelfSubjectRulesReviewSpec>
{
    /// <summary>Namespace to list the permissions of; required.</summary>
    [Field("namespace", 1)]
    public string? Namespace { get; set; }
}
