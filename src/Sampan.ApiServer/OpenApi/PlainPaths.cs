namespace Sampan.ApiServer.OpenApi;

/// <summary>The paths beside groups and resources that documents tell of: the server's version, and what is needed to check its tokens.</summary>
internal static class PlainPaths
{
    private static readonly string[] Json = ["application/json"];

    /// <summary>Each with the name of its document of 3.0.</summary>
    public static IReadOnlyList<(string Document, OpenApiPath Path)> All { get; } =
    [
        (".well-known/openid-configuration", Get("/.well-known/openid-configuration/", new OpenApiOperation
        {
            Method = "get", Id = "getServiceAccountIssuerOpenIDConfiguration", Tag = "WellKnown",
            Description = "what there is to know of the issuer of service account tokens, as OpenID Connect describes it", Consumes = [], Produces = Json,
        })),
        ("openid/v1/jwks", Get("/openid/v1/jwks/", new OpenApiOperation
        {
            Method = "get", Id = "getServiceAccountIssuerOpenIDKeyset", Tag = "openid",
            Description = "the public keys that service account tokens are checked with", Consumes = [], Produces = ["application/jwk-set+json"],
        })),
        ("version", Get("/version/", new OpenApiOperation
        {
            Method = "get", Id = "getCodeVersion", Tag = "version", Description = "get the version of this server",
            Answer = SchemaNames.Version, Consumes = Json, Produces = Json,
        })),
    ];

    private static OpenApiPath Get(string path, OpenApiOperation operation) => new(path, [], [operation]);
}
