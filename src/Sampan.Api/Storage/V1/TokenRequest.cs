namespace Sampan.Api.Storage.V1;

[ApiType("io.k8s.api.storage.v1.TokenRequest")]
public sealed partial class TokenRequest : IApiType<TokenRequest>
{
    [Field("audience", 1, Required = true)]
    public string Audience { get; set; } = "";

    [Field("expirationSeconds", 2)]
    public long? ExpirationSeconds { get; set; }
}
