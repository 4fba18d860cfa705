using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Sampan.ApiServer.Streaming;

/// <summary>The TLS options toward kubelets.</summary>
internal static class KubeletTls
{
    [SuppressMessage("Security", "CA5359", Justification = "Without a configured authority kubelets' certificates are self-signed; upstream accepts them too.")]
    public static SslClientAuthenticationOptions Create(KubeletClientOptions options, string host)
    {
        var tls = new SslClientAuthenticationOptions { TargetHost = host };
        if (options.ClientCertificate is { } certificate)
            tls.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate();
        if (options.CertificateAuthorities is { } authorities)
            tls.CertificateChainPolicy = TrustOnly(authorities);
        else
            tls.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        return tls;
    }

    private static X509ChainPolicy TrustOnly(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }
}
