namespace Sampan.Api.Authentication.V1;

[ApiType("io.k8s.api.authentication.v1.TokenReviewStatus")]
public sealed partial class TokenReviewStatus : IApiType<TokenReviewStatus>
{
    [Field("authenticated", 1)]
    public bool Authenticated { get; set; }

    [Field("user", 2)]
    public UserInfo User { get; set; } = new();

    [Field("audiences", 4, ListType = "atomic")]
    public List<string>? Audiences { get; set; }

    [Field("error", 3)]
    public string? Error { get; set; }
}
