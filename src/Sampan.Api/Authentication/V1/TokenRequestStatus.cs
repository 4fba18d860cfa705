namespace Sampan.Api.Authentication.V1;

/// <summary>A token that was issued.</summary>
[ApiType("io.k8s.api.authentication.v1.TokenRequestStatus")]
public sealed partial class TokenRequestStatus : IApiType<TokenRequestStatus>
{
    /// <summary>The signed JWT; a secret.</summary>
    [Field("token", 1, Always = true, Default = "")]
    public string Token { get; set; } = "";

    /// <summary>When the token stops being valid.</summary>
    [Field("expirationTimestamp", 2)]
    public Time? ExpirationTimestamp { get; set; }
}
