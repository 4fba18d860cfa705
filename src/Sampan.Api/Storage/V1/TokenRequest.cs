namespace Sampan.Api.Storage.V1;

/// <summary>A token that a CSI driver wants of the pod's service account.</summary>
[ApiType("io.k8s.api.storage.v1.TokenRequest")]
public sealed partial class TokenRequest : IApiType<TokenRequest>
{
    /// <summary>Whom the token is for; the API server when empty.</summary>
    [Field("audience", 1, Required = true)]
    public string Audience { get; set; } = "";

    /// <summary>Seconds that the token holds, at least 600; the server's default when absent.</summary>
    [Field("expirationSeconds", 2)]
    public long? ExpirationSeconds { get; set; }
}
