namespace Sampan.Api.Authentication.V1;

/// <summary>Outcome of a token check.</summary>
[ApiType("io.k8s.api.authentication.v1.TokenReviewStatus")]
public sealed partial class TokenReviewStatus : IApiType<TokenReviewStatus>
{
    /// <summary>True if the token is valid and belongs to a known user.</summary>
    [Field("authenticated", 1)]
    public bool Authenticated { get; set; }

    /// <summary>Whom the token belongs to; empty if it is not valid.</summary>
    [Field("user", 2)]
    public UserInfo User { get; set; } = new();

    /// <summary>Which of the asked audiences the token is meant for; compare with the request to be sure they were looked at.</summary>
    [Field("audiences", 4, ListType = "atomic")]
    public List<string>? Audiences { get; set; }

    /// <summary>Why the token could not be checked; empty if it could.</summary>
    [Field("error", 3)]
    public string? Error { get; set; }
}
