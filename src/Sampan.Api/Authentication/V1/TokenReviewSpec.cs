namespace Sampan.Api.Authentication.V1;

[ApiType("io.k8s.api.authentication.v1.TokenReviewSpec")]
public sealed partial class TokenReviewSpec : IApiType<TokenReviewSpec>
{
    [Field("token", 1, Required = true, OmitEmpty = true)]
    public string Token { get; set; } = "";

    [Field("audiences", 2, ListType = "atomic")]
    public List<string>? Audiences { get; set; }
}
