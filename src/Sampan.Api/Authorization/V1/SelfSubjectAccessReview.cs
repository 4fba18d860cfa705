using Sampan.Api.Meta.V1;

namespace Sampan.Api.Authorization.V1;

/// <summary>Asks whether the caller may do something.</summary>
[ApiType("io.k8s.api.authorization.v1.SelfSubjectAccessReview")]
[Kind("authorization.k8s.io", "v1", Plural = "selfsubjectaccessreviews", Singular = "selfsubjectaccessreview", Verbs = ["create"])]
public sealed partial class SelfSubjectAccessReview : IObject<SelfSubjectAccessReview>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>What the caller would like to do.</summary>
    [Field("spec", 2, Required = true)]
    public SelfSubjectAccessReviewSpec Spec { get; set; } = new();

    /// <summary>Whether the caller may; filled in by the server.</summary>
    [Field("status", 3)]
    public SubjectAccessReviewStatus Status { get; set; } = new();
}
