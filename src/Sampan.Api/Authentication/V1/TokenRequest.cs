using Sampan.Api.Meta.V1;

namespace Sampan.Api.Authentication.V1;

/// <summary>Asks for a token of a service account.</summary>
[ApiType("io.k8s.api.authentication.v1.TokenRequest")]
[Kind("authentication.k8s.io", "v1")]
public sealed partial class TokenRequest : IObject<TokenRequest>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>What the token is to be good for, and how long.</summary>
    [Field("spec", 2)]
    public TokenRequestSpec Spec { get; set; } = new();

    /// <summary>The token, filled in by the server.</summary>
    [Field("status", 3)]
    public TokenRequestStatus Status { get; set; } = new();
}
