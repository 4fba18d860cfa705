using System.Net.Security;
using System.Security.Authentication;
using Sampan.Kubelet.Configuration;

namespace Sampan.Kubelet.Server;

/// <summary>Which versions and ciphers of TLS the kubelet's API takes, by Go's names for them.</summary>
internal static class TlsSettings
{
    public static readonly IReadOnlyList<string> Versions = ["", "VersionTLS10", "VersionTLS11", "VersionTLS12", "VersionTLS13"];

    /// <summary>The ciphers of TLS 1.3 cannot be chosen.</summary>
    private static readonly TlsCipherSuite[] Always = [TlsCipherSuite.TLS_AES_128_GCM_SHA256, TlsCipherSuite.TLS_AES_256_GCM_SHA384, TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256];

    /// <summary>Nothing older than 1.2 is spoken, whatever the configuration allows.</summary>
    public static SslProtocols Protocols(KubeletConfiguration configuration) =>
        configuration.TlsMinVersion == "VersionTLS13" ? SslProtocols.Tls13 : SslProtocols.Tls12 | SslProtocols.Tls13;

    /// <returns>Null for the usual ones.</returns>
    public static CipherSuitesPolicy? Ciphers(KubeletConfiguration configuration)
    {
#pragma warning disable CA1416 // The kubelet runs on Linux.
        return configuration.TlsCipherSuites.Count == 0 ? null : new CipherSuitesPolicy([.. configuration.TlsCipherSuites.Select(Find).OfType<TlsCipherSuite>(), .. Always]);
#pragma warning restore CA1416
    }

    /// <summary>Go has short names for two of them.</summary>
    public static TlsCipherSuite? Find(string name) =>
        Enum.TryParse<TlsCipherSuite>(name.EndsWith("CHACHA20_POLY1305", StringComparison.Ordinal) ? name + "_SHA256" : name, out var suite) && !char.IsDigit(name[0]) ? suite : null;
}
