using Sampan.ApiServer.Authentication.ServiceAccounts;

namespace Sampan.ApiServer;

/// <summary>How the server finds out who sends a request. Certificates and keys are PEM texts.</summary>
public sealed class AuthenticationOptions
{
    public bool AllowAnonymous { get; init; } = true;

    /// <summary>Who may sign client certificates, asked now and then since they may be renewed; null accepts none.</summary>
    public Func<string>? ClientCertificateAuthorities { get; init; }

    /// <summary>Who signs the certificates of proxies that name their users in X-Remote headers, asked now and then; null trusts none.</summary>
    public Func<string>? RequestHeaderAuthorities { get; init; }

    /// <summary>The common names that such proxies have; empty for any.</summary>
    public IReadOnlyList<string> RequestHeaderNames { get; init; } = [];

    /// <summary>A file of fixed tokens: token,user,uid,"group,…" per line; null for none.</summary>
    public string? TokenFile { get; init; }

    /// <summary>The keys that verify service account tokens; the public half of the signing key is always among them.</summary>
    public IReadOnlyList<string> ServiceAccountKeys { get; init; } = [];

    /// <summary>The key that signs service account tokens; null issues none.</summary>
    public string? ServiceAccountSigningKey { get; init; }

    /// <summary>The issuers that tokens may name; the first one is written into new tokens.</summary>
    public IReadOnlyList<string> ServiceAccountIssuers { get; init; } = [ServiceAccountIssuer];

    /// <summary>What tokens must be meant for; empty: the issuers.</summary>
    public IReadOnlyList<string> ApiAudiences { get; init; } = [];

    /// <summary>Requests for longer-lived service account tokens are shortened to this; null for no limit.</summary>
    public TimeSpan? MaximumTokenExpiration { get; init; }

    /// <summary>Keeps the tokens of pods valid for a year, for clients that never read their file again.</summary>
    public bool ExtendTokenExpiration { get; init; } = true;

    /// <summary>Where other parties fetch the keys of service account tokens; null: below the issuer.</summary>
    public string? JwksUri { get; init; }

    /// <summary>Bootstrap tokens, which new nodes join with.</summary>
    public bool EnableBootstrapTokens { get; init; } = true;

    public const string ServiceAccountIssuer = ServiceAccountOptions.DefaultIssuer;
}
