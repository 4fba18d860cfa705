using System.Security.Cryptography.X509Certificates;

namespace Sampan.ApiServer.Streaming;

/// <summary>How the API server reaches kubelets.</summary>
public sealed record KubeletClientOptions
{
    /// <summary>What we show them, asked for each connection; null: nothing, and they refuse whoever is anonymous.</summary>
    public Func<X509Certificate2>? ClientCertificate { get; init; }

    /// <summary>Who signs their serving certificates; null: any certificate is accepted, as upstream does by default.</summary>
    public X509Certificate2Collection? CertificateAuthorities { get; init; }

    /// <summary>The kinds of node addresses to try, in this order.</summary>
    public IReadOnlyList<string> PreferredAddressTypes { get; init; } = ["InternalIP", "Hostname", "InternalDNS", "ExternalDNS", "ExternalIP"];

    /// <summary>Lets proxied pods and nodes be on this host's loopback; for tests.</summary>
    internal bool ProxiesToLoopback { get; init; }
}
