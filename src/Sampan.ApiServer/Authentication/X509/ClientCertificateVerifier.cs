using System.Security.Cryptography.X509Certificates;

namespace Sampan.ApiServer.Authentication.X509;

/// <summary>Verifies that a certificate of a client is signed by one of the configured authorities.</summary>
internal sealed class ClientCertificateVerifier(AuthorityBundle authorities, TimeProvider time)
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>Who is trusted now: another object once they are renewed.</summary>
    public X509Certificate2Collection Authorities => authorities.Certificates;

    /// <summary>Reads a bundle of authorities, such as <c>--client-ca-file</c> names.</summary>
    public static ClientCertificateVerifier FromPem(string pem, TimeProvider time) => new(new AuthorityBundle(() => pem), time);

    /// <summary>Why the certificate is refused, or null when it is good.</summary>
    public string? Refusal(X509Certificate2 certificate)
    {
        var trusted = Authorities;
        var now = time.GetUtcNow().UtcDateTime;
        if (now > certificate.NotAfter.ToUniversalTime())
            return "certificate has expired";
        if (now < certificate.NotBefore.ToUniversalTime())
            return "certificate is not yet valid";
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(trusted);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = now;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid(ClientAuthentication));
        return chain.Build(certificate) || EndsAtTrustedIntermediate(chain, trusted)
            ? null
            : "certificate signed by unknown authority";
    }

    /// <summary>An intermediate in the bundle is trusted as such, although its own issuer is absent.</summary>
    private static bool EndsAtTrustedIntermediate(X509Chain chain, X509Certificate2Collection trusted) =>
        chain.ChainElements.Count > 1
        && chain.ChainStatus.All(s => s.Status == X509ChainStatusFlags.PartialChain)
        && trusted.Any(a => a.RawDataMemory.Span.SequenceEqual(chain.ChainElements[^1].Certificate.RawDataMemory.Span));
}
