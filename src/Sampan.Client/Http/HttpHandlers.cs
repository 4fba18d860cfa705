using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Sampan.Client.Http;

/// <summary>Sets up connections: TLS trust, client certificates, HTTP/2, keep-alive.</summary>
internal static class HttpHandlers
{
    public static SocketsHttpHandler Create(ClientConfig config, Credentials credentials) => new()
    {
        AutomaticDecompression = DecompressionMethods.GZip,
        EnableMultipleHttp2Connections = true,
        ConnectTimeout = TimeSpan.FromSeconds(30),
        KeepAlivePingDelay = TimeSpan.FromSeconds(30),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        AllowAutoRedirect = false,
        UseCookies = false,
        Proxy = config.ProxyUrl is { } proxy ? new WebProxy(proxy) : null,
        UseProxy = config.ProxyUrl is not null,
        SslOptions = Tls(config, credentials),
    };

    private static SslClientAuthenticationOptions Tls(ClientConfig config, Credentials credentials)
    {
        var options = new SslClientAuthenticationOptions
        {
            LocalCertificateSelectionCallback = (_, _, _, _, _) => credentials.ClientCertificate()!,
        };
        if (config.TlsServerName is { } name) options.TargetHost = name;
        if (config.InsecureSkipTlsVerify)
        {
#pragma warning disable CA5359 // The user asked for it in the kubeconfig.
            options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (Authorities(config) is { } authorities)
        {
            options.CertificateChainPolicy = Trusting(authorities);
        }

        return options;
    }

    private static X509ChainPolicy Trusting(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            VerificationFlags = X509VerificationFlags.NoFlag,
        };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }

    private static X509Certificate2Collection? Authorities(ClientConfig config)
    {
        var pem = config.CertificateAuthorityData
            ?? (config.CertificateAuthorityFile is { } file ? File.ReadAllText(file) : null);
        if (pem is null) return null;
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(pem);
        return authorities;
    }
}
