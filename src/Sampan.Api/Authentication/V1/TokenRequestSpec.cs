namespace Sampan.Api.Authentication.V1;

/// <summary>Wishes for a new service account token.</summary>
[ApiType("io.k8s.api.authentication.v1.TokenRequestSpec")]
public sealed partial class TokenRequestSpec : IApiType<TokenRequestSpec>
{
    /// <summary>Recipients that may accept the token; the API server itself when empty.</summary>
    [Field("audiences", 1, ListType = "atomic")]
    public List<string>? Audiences { get; set; }

    /// <summary>Wanted lifetime in seconds, at least 600; default 3600. The server may grant another.</summary>
    [Field("expirationSeconds", 4)]
    public long? ExpirationSeconds { get; set; }

    /// <summary>Object whose deletion makes the token invalid; absent binds it to the service account only.</summary>
    [Field("boundObjectRef", 3)]
    public BoundObjectReference? BoundObjectRef { get; set; }
}
