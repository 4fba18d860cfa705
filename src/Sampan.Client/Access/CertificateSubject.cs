using System.Security.Cryptography.X509Certificates;

namespace Sampan.Client.Access;

/// <summary>Whom a client certificate names: its common name is the user, its organizations are the groups.</summary>
public sealed record CertificateSubject(string Name, IReadOnlyList<string> Groups)
{
    private const string CommonName = "2.5.4.3";
    private const string Organization = "2.5.4.10";

    /// <summary>The holder; null for a certificate of another authority, or one whose time is over.</summary>
    public static CertificateSubject? Of(X509Certificate2 certificate, X509Certificate2Collection authorities, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = now.LocalDateTime;
        if (!chain.Build(certificate)) return null;
        var names = certificate.SubjectName.EnumerateRelativeDistinguishedNames().ToLookup(n => n.GetSingleElementType().Value, n => n.GetSingleElementValue() ?? "");
        return names[CommonName].FirstOrDefault() is { } name ? new(name, [.. names[Organization]]) : null;
    }
}
