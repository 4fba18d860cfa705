using Sampan.Api.Meta.V1;

namespace Sampan.Api.Authentication.V1;

/// <summary>Asks who a bearer token belongs to.</summary>
[ApiType("io.k8s.api.authentication.v1.TokenReview")]
[Kind("authentication.k8s.io", "v1", Plural = "tokenreviews", Singular = "tokenreview", Verbs = ["create"])]
public sealed partial class TokenReview : IObject<TokenReview>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>The token to check and the audiences it should be meant for.</summary>
    [Field("spec", 2, Required = true)]
    public TokenReviewSpec Spec { get; set; } = new();

    /// <summary>Whether the token is good, and whose it is; written by the server.</summary>
    [Field("status", 3)]
    public TokenReviewStatus Status { get; set; } = new();
}
