namespace Sampan.Api.Authorization.V1;

[ApiType("io.k8s.api.authorization.v1.SubjectRulesReviewStatus")]
public sealed partial class SubjectRulesReviewStatus : IApiType<SubjectRulesReviewStatus>
{
    [Field("resourceRules", 1, Required = true, ListType = "atomic")]
    public List<ResourceRule> ResourceRules { get; set; } = [];

    [Field("nonResourceRules", 2, Required = true, ListType = "atomic")]
    public List<NonResourceRule> NonResourceRules { get; set; } = [];

    [Field("incomplete", 3, Required = true)]
    public bool Incomplete { get; set; }

    [Field("evaluationError", 4)]
    public string? EvaluationError { get; set; }
}
