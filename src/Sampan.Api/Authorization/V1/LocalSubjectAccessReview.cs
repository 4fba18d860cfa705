using Sampan.Api.Meta.V1;

namespace Sampan.Api.Authorization.V1;

/// <summary>Asks whether some user may do something in one namespace.</summary>
[ApiType("io.k8s.api.authorization.v1.LocalSubjectAccessReview")]
[Kind("authorization.k8s.io", "v1", Plural = "localsubjectaccessreviews", Singular = "localsubjectaccessreview", Namespaced = true, Verbs = ["create"])]
public sealed partial class LocalSubjectAccessReview : IObject<LocalSubjectAccessReview>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>Who wants to do what; its namespace must be that of the review.</summary>
    [Field("spec", 2, Required = true)]
    public SubjectAccessReviewSpec Spec { get; set; } = new();

    /// <summary>The verdict, filled in by the server.</summary>
    [Field("status", 3)]
    public SubjectAccessReviewStatus Status { get; set; } = new();
}
