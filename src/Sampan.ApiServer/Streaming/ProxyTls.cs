using System.Diagnostics.CodeAnalysis;
using System.Net.Security;

namespace Sampan.ApiServer.Streaming;

/// <summary>TLS toward what a proxy request names.</summary>
internal static class ProxyTls
{
    /// <summary>What runs in a pod has no certificate that we could check; upstream accepts any too.</summary>
    [SuppressMessage("Security", "CA5359", Justification = "Proxied pods have certificates of their own making.")]
    public static SslClientAuthenticationOptions AnyCertificate(string host) =>
        new() { TargetHost = host, RemoteCertificateValidationCallback = (_, _, _, _) => true };
}
