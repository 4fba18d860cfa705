namespace Sampan.Api.Authentication.V1;

[ApiType("io.k8s.api.authentication.v1.TokenRequestStatus")]
public sealed partial class TokenRequestStatus : IApiType<TokenRequestStatus>
{
    [Field("token", 1, Always = true, Default = "")]
    public string Token { get; set; } = "";

    [Field("expirationTimestamp", 2)]
    public Time? ExpirationTimestamp { get; set; }
}
