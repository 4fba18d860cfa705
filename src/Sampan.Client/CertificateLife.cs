using System.Security.Cryptography.X509Certificates;

namespace Sampan.Client;

/// <summary>When a certificate is to be renewed: when 70 to 90 % of its life are over. Upstream: client-go/util/certificate.</summary>
public static class CertificateLife
{
    private const double Earliest = 0.7;
    private const double Spread = 0.2;

    /// <param name="certificate">The certificate.</param>
    /// <param name="part">0 to 1, where in the span: a random one keeps many nodes from asking at once.</param>
    public static DateTimeOffset RenewAt(X509Certificate2 certificate, double part)
    {
        var (from, to) = (certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
        return from + ((to - from) * (Earliest + (part * Spread)));
    }

    /// <summary>Whether it is valid, and its renewal need not be thought of yet.</summary>
    public static bool IsFresh(X509Certificate2 certificate, DateTimeOffset now) =>
        now >= certificate.NotBefore.ToUniversalTime() && now < RenewAt(certificate, 0);

    /// <summary>How long it may be left alone: until its renewal is due, and after that a part of what is left of its life.</summary>
    public static TimeSpan Rest(X509Certificate2 certificate, DateTimeOffset now)
    {
        var due = RenewAt(certificate, 0) - now;
        return due > TimeSpan.Zero ? due : (certificate.NotAfter.ToUniversalTime() - now) / 10;
    }
}
