using System.Security.Cryptography.X509Certificates;

namespace Sampan.ApiServer.Authentication.X509;

/// <summary>Verifies that a certificate of a client is signed by one of the configured authorities.</summary>
internal sealed class ClientCertificateVerifier
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly X509Certificate2Collection _authorities;
    private readonly TimeProvider _time;

    public ClientCertificateVerifier(X509Certificate2Collection authorities, TimeProvider time)
    {
        _authorities = authorities;
        _time = time;
    }

    /// <summary>Reads a bundle of authorities, such as <c>--client-ca-file</c> names.</summary>
    public static ClientCertificateVerifier FromPem(string pem, TimeProvider time)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(pem);
        return new ClientCertificateVerifier(authorities, time);
    }

    /// <summary>Why the certificate is refused, or null when it is good.</summary>
    public string? Refusal(X509Certificate2 certificate)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        if (now > certificate.NotAfter.ToUniversalTime())
            return "certificate has expired";
        if (now < certificate.NotBefore.ToUniversalTime())
            return "certificate is not yet valid";
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = now;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid(ClientAuthentication));
        return chain.Build(certificate) || EndsAtTrustedIntermediate(chain)
            ? null
            : "certificate signed by unknown authority";
    }

    /// <summary>An intermediate in the bundle is trusted as such, although its own issuer is absent.</summary>
    private bool EndsAtTrustedIntermediate(X509Chain chain) =>
        chain.ChainElements.Count > 1
        && chain.ChainStatus.All(s => s.Status == X509ChainStatusFlags.PartialChain)
        && _authorities.Any(a => a.RawDataMemory.Span.SequenceEqual(chain.ChainElements[^1].Certificate.RawDataMemory.Span));
}
