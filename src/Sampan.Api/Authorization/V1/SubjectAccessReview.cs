using Sampan.Api.Meta.V1;

namespace Sampan.Api.Authorization.V1;

/// <summary>Asks whether some user may do something.</summary>
[ApiType("io.k8s.api.authorization.v1.SubjectAccessReview")]
[Kind("authorization.k8s.io", "v1", Plural = "subjectaccessreviews", Singular = "subjectaccessreview", Verbs = ["create"])]
public sealed partial class SubjectAccessReview : IObject<SubjectAccessReview>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>The user, and the request that the user might make.</summary>
    [Field("spec", 2, Required = true)]
    public SubjectAccessReviewSpec Spec { get; set; } = new();

    /// <summary>Whether it would be allowed; filled in by the server.</summary>
    [Field("status", 3)]
    public SubjectAccessReviewStatus Status { get; set; } = new();
}
