using System.Security.Cryptography.X509Certificates;

namespace Sampan.Client.Access;

/// <summary>How a component finds out who may see what it serves; the defaults are upstream's.</summary>
public sealed record DelegatedAccessOptions
{
    /// <summary>The API server that says what a user may do.</summary>
    public required ApiClient Authorization { get; init; }

    /// <summary>The API server that says whose a token is; null: tokens are nobody's.</summary>
    public ApiClient? Authentication { get; init; }

    /// <summary>Who signs client certificates, as it is now; null: certificates name nobody.</summary>
    public Func<CancellationToken, ValueTask<X509Certificate2Collection?>>? ClientAuthorities { get; init; }

    /// <summary>Paths for everyone; one that ends in * is the start of such paths.</summary>
    public IReadOnlyList<string> AlwaysAllowed { get; init; } = ["/healthz", "/readyz", "/livez"];

    /// <summary>For how long an answer about a token counts.</summary>
    public TimeSpan TokenTtl { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan AllowedTtl { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan DeniedTtl { get; init; } = TimeSpan.FromSeconds(10);

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
