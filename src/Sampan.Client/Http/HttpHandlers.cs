using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sampan.Client.Http;

/// <summary>Sets up connections: TLS trust, client certificates, HTTP/2, keep-alive.</summary>
internal static class HttpHandlers
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

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
        else if (config.CertificateAuthorityData is { } pem)
        {
            options.CertificateChainPolicy = Trusting(AuthoritiesIn(pem));
        }
        else if (config.CertificateAuthorityFile is { } file)
        {
            var authorities = new FileValue<X509Certificate2Collection>(texts => AuthoritiesIn(texts[0]), file);
            options.CertificateChainPolicy = Trusting(authorities.Current);
            options.RemoteCertificateValidationCallback = (_, certificate, sent, errors) =>
                (errors | SslPolicyErrors.RemoteCertificateChainErrors) == SslPolicyErrors.RemoteCertificateChainErrors
                && certificate is X509Certificate2 leaf && IsTrusted(leaf, sent, authorities.Current);
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

    /// <summary>By the authorities of now: connections come and go for as long as the process runs.</summary>
    private static bool IsTrusted(X509Certificate2 leaf, X509Chain? sent, X509Certificate2Collection authorities)
    {
        using var chain = new X509Chain { ChainPolicy = Trusting(authorities) };
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        foreach (var element in sent?.ChainElements ?? Enumerable.Empty<X509ChainElement>()) chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        return chain.Build(leaf);
    }

    private static X509Certificate2Collection AuthoritiesIn(string pem)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(pem);
        return authorities;
    }
}
