using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sampan.Cluster.Certificates;

/// <summary>A certificate and its private key as PEM text, as kubeconfigs embed them and files hold them.</summary>
public sealed record KeyPair(string CertificatePem, string KeyPem)
{
    /// <summary>The certificate with its key, for TLS.</summary>
    public X509Certificate2 ToCertificate() => X509Certificate2.CreateFromPem(CertificatePem, KeyPem);

    /// <summary>True when key and certificate belong together; false also when either cannot be read.</summary>
    public bool IsMatching()
    {
        try
        {
            using var both = ToCertificate();
            return both.HasPrivateKey;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return false;
        }
    }
}
