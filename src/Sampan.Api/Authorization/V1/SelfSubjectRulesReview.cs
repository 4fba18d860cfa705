using Sampan.Api.Meta.V1;

namespace Sampan.Api.Authorization.V1;

/// <summary>Asks what the caller may do in a namespace.</summary>
[ApiType("io.k8s.api.authorization.v1.SelfSubjectRulesReview")]
[Kind("authorization.k8s.io", "v1", Plural = "selfsubjectrulesreviews", Singular = "selfsubjectrulesreview", Verbs = ["create"])]
public sealed partial class SelfSubjectRulesReview : IObject<SelfSubjectRulesReview>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>Namespace the caller asks about.</summary>
    [Field("spec", 2, Required = true)]
    public SelfSubjectRulesReviewSpec Spec { get; set; } = new();

    /// <summary>What the caller may do there; filled in by the server.</summary>
    [Field("status", 3)]
    public SubjectRulesReviewStatus Status { get; set; } = new();
}
