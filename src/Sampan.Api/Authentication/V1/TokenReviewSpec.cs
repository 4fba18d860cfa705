namespace Sampan.Api.Authentication.V1;

/// <summary>A bearer token to check.</summary>
[ApiType("io.k8s.api.authentication.v1.TokenReviewSpec")]
public sealed partial class TokenReviewSpec : IApiType<TokenReviewSpec>
{
    /// <summary>The token as a client presented it, without the word Bearer.</summary>
    [Field("token", 1, Required = true, OmitEmpty = true)]
    public string Token { get; set; } = "";

    /// <summary>Names the recipient goes by, at least one of which the token must be meant for; the API server's own when empty.</summary>
    [Field("audiences", 2, ListType = "atomic")]
    public List<string>? Audiences { get; set; }
}
