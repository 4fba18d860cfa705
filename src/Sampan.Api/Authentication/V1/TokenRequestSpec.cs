namespace Sampan.Api.Authentication.V1;

[ApiType("io.k8s.api.authentication.v1.TokenRequestSpec")]
public sealed partial class TokenRequestSpec : IApiType<TokenRequestSpec>
{
    [Field("audiences", 1, ListType = "atomic")]
    public List<string>? Audiences { get; set; }

    [Field("expirationSeconds", 4)]
    public long? ExpirationSeconds { get; set; }

    [Field("boundObjectRef", 3)]
    public BoundObjectReference? BoundObjectRef { get; set; }
}
