using System.Security.Cryptography.X509Certificates;
using Sampan.Client;

namespace Sampan.Cluster.Certificates;

/// <summary>Tells whether a certificate on disk may stay.</summary>
internal static class CertificateCheck
{
    public static bool IsCurrent(KeyPair pair, CertificateProfile profile, CertificateAuthority signer, DateTimeOffset now)
    {
        if (!pair.IsMatching())
            return false;
        using var certificate = X509Certificate2.CreateFromPem(pair.CertificatePem);
        return CertificateLife.IsFresh(certificate, now) && signer.HasSigned(certificate) && Says(certificate, profile);
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
