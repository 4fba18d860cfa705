using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sampan.Cluster.Certificates;

/// <summary>A certificate for one process that was given none: it keeps listeners off plain text, and proves nothing.</summary>
public static class SelfSigned
{
    public static X509Certificate2 Create(string name, TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = time.GetUtcNow();
        return request.CreateSelfSigned(now.AddHours(-1), now.AddYears(1));
    }
}
