using System.Security.Cryptography.X509Certificates;

namespace Sampan.Cluster.Certificates;

/// <summary>Tells whether a certificate on disk may stay.</summary>
internal static class CertificateCheck
{
    /// <summary>Renewed when less than a third of its life is left.</summary>
    private const int RenewalShare = 3;

    public static bool IsCurrent(KeyPair pair, CertificateProfile profile, CertificateAuthority signer, DateTimeOffset now)
    {
        if (!pair.IsMatching())
            return false;
        using var certificate = X509Certificate2.CreateFromPem(pair.CertificatePem);
        return IsFresh(certificate, now) && signer.HasSigned(certificate) && Says(certificate, profile);
    }

    /// <summary>Whether more than a third of its life is left.</summary>
    public static bool IsFresh(X509Certificate2 certificate, DateTimeOffset now)
    {
        var life = certificate.NotAfter - certificate.NotBefore;
        return now >= certificate.NotBefore && certificate.NotAfter - now > life / RenewalShare;
    }

    /// <summary>More names than asked are fine: another configuration of the same host may have put them there.</summary>
    private static bool Says(X509Certificate2 certificate, CertificateProfile profile)
    {
        if (!certificate.SubjectName.RawData.AsSpan().SequenceEqual(CertificateAuthority.SubjectOf(profile).RawData))
            return false;
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        var dnsNames = names?.EnumerateDnsNames().ToHashSet(StringComparer.OrdinalIgnoreCase) ?? [];
        var addresses = names?.EnumerateIPAddresses().ToHashSet() ?? [];
        return profile.DnsNames.All(dnsNames.Contains) && profile.Addresses.All(addresses.Contains);
    }
}
