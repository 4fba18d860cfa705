using Sampan.ApiServer.Authentication.Tokens;

namespace Sampan.ApiServer.Authentication.ServiceAccounts;

/// <summary>How service account tokens are issued and verified.</summary>
internal sealed record ServiceAccountOptions
{
    public const string DefaultIssuer = "https://kubernetes.default.svc.cluster.local";

    /// <summary>The first issues, all are accepted.</summary>
    public IReadOnlyList<string> Issuers { get; init; } = [DefaultIssuer];

    /// <summary>The audiences that mean the API server; those of a token that asks for none.</summary>
    public IReadOnlyList<string> ApiAudiences { get; init; } = [DefaultIssuer];

    public required IReadOnlyList<PublicKey> PublicKeys { get; init; }

    /// <summary>Null when this server issues no tokens.</summary>
    public SigningKey? SigningKey { get; init; }

    /// <summary>Longer requests are shortened to this; null for no limit.</summary>
    public TimeSpan? MaxExpiration { get; init; }

    /// <summary>Keeps the tokens of pods valid for a year, so that a client that never reads its file again goes on working.</summary>
    public bool ExtendExpiration { get; init; } = true;

    /// <summary>Where other parties fetch the keys; by default below the issuer.</summary>
    public string? JwksUri { get; init; }
}
