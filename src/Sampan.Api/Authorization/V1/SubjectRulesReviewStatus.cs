namespace Sampan.Api.Authorization.V1;

/// <summary>Permissions of a user in a namespace; a help for interfaces, not a basis for decisions.</summary>
[ApiType("io.k8s.api.authorization.v1.SubjectRulesReviewStatus")]
public sealed partial class SubjectRulesReviewStatus : IApiType<SubjectRulesReviewStatus>
{
    /// <summary>Permissions on resources, in no order and perhaps repeated.</summary>
    [Field("resourceRules", 1, Required = true, ListType = "atomic")]
    public List<ResourceRule> ResourceRules { get; set; } = [];

    /// <summary>Permissions on other paths, in no order and perhaps repeated.</summary>
    [Field("nonResourceRules", 2, Required = true, ListType = "atomic")]
    public List<NonResourceRule> NonResourceRules { get; set; } = [];

    /// <summary>True if there may be more permissions, as with an authorizer that cannot list them.</summary>
    [Field("incomplete", 3, Required = true)]
    public bool Incomplete { get; set; }

    /// <summary>Error met while collecting; the lists may then lack something.</summary>
    [Field("evaluationError", 4)]
    public string? EvaluationError { get; set; }
}
