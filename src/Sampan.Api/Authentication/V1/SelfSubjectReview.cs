using Sampan.Api.Meta.V1;

namespace Sampan.Api.Authentication.V1;

/// <summary>Asks who the caller is.</summary>
[ApiType("io.k8s.api.authentication.v1.SelfSubjectReview")]
[Kind("authentication.k8s.io", "v1", Plural = "selfsubjectreviews", Singular = "selfsubjectreview", Verbs = ["create"])]
public sealed partial class SelfSubjectReview : IObject<SelfSubjectReview>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>The identity found; filled in by the server.</summary>
    [Field("status", 2)]
    public SelfSubjectReviewStatus Status { get; set; } = new();
}
