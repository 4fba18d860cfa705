using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Sampan.ControllerManager.Certificates;

/// <summary>Turns requests into certificates: subject, names and key as asked, lifetime and purposes as allowed.</summary>
internal sealed class CertificateSigner : IDisposable
{
    /// <summary>Valid from a little earlier than now, so that hosts with slow clocks accept it at once.</summary>
    private static readonly TimeSpan Backdate = TimeSpan.FromMinutes(5);

    /// <summary>Certificates that live shorter get their whole time on top of that; of longer ones it is a part.</summary>
    private static readonly TimeSpan Short = TimeSpan.FromHours(8);
    private static readonly Dictionary<string, X509KeyUsageFlags> KeyUsages = new()
    {
        ["signing"] = X509KeyUsageFlags.DigitalSignature,
        ["digital signature"] = X509KeyUsageFlags.DigitalSignature,
        ["content commitment"] = X509KeyUsageFlags.NonRepudiation,
        ["key encipherment"] = X509KeyUsageFlags.KeyEncipherment,
        ["key agreement"] = X509KeyUsageFlags.KeyAgreement,
        ["data encipherment"] = X509KeyUsageFlags.DataEncipherment,
        ["cert sign"] = X509KeyUsageFlags.KeyCertSign,
        ["crl sign"] = X509KeyUsageFlags.CrlSign,
        ["encipher only"] = X509KeyUsageFlags.EncipherOnly,
        ["decipher only"] = X509KeyUsageFlags.DecipherOnly,
    };

    private static readonly Dictionary<string, string> Purposes = new()
    {
        ["any"] = "2.5.29.37.0",
        ["server auth"] = "1.3.6.1.5.5.7.3.1",
        ["client auth"] = "1.3.6.1.5.5.7.3.2",
        ["code signing"] = "1.3.6.1.5.5.7.3.3",
        ["email protection"] = "1.3.6.1.5.5.7.3.4",
        ["s/mime"] = "1.3.6.1.5.5.7.3.4",
        ["ipsec end system"] = "1.3.6.1.5.5.7.3.5",
        ["ipsec tunnel"] = "1.3.6.1.5.5.7.3.6",
        ["ipsec user"] = "1.3.6.1.5.5.7.3.7",
        ["timestamping"] = "1.3.6.1.5.5.7.3.8",
        ["ocsp signing"] = "1.3.6.1.5.5.7.3.9",
        ["microsoft sgc"] = "1.3.6.1.4.1.311.10.3.3",
        ["netscape sgc"] = "2.16.840.1.113730.4.1",
    };

    private readonly X509Certificate2 _authority;
    private readonly X509SignatureGenerator _generator;
    private readonly AsymmetricAlgorithm _key;

    public CertificateSigner(SigningKey key)
    {
        _authority = X509Certificate2.CreateFromPem(key.CertificatePem);
        if (_authority.GetKeyAlgorithm() == "1.2.840.113549.1.1.1")
        {
            var rsa = RSA.Create();
            rsa.ImportFromPem(key.KeyPem);
            (_key, _generator) = (rsa, X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1));
        }
        else
        {
            var ecdsa = ECDsa.Create();
            ecdsa.ImportFromPem(key.KeyPem);
            (_key, _generator) = (ecdsa, X509SignatureGenerator.CreateForECDsa(ecdsa));
        }
    }

    /// <summary>PEM of the certificate; it never outlives its authority.</summary>
    /// <exception cref="ArgumentException">A usage is unknown.</exception>
    /// <exception cref="StatusException">The authority's own time is over; another one may take its place.</exception>
    public byte[] Sign(ParsedRequest parsed, IReadOnlyCollection<string> usages, TimeSpan lifetime, DateTimeOffset now)
    {
        if (now >= _authority.NotAfter) throw new StatusException($"the signer has expired: NotAfter={_authority.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm:ss} +0000 UTC");
        var request = new CertificateRequest(parsed.Request.SubjectName, parsed.Request.PublicKey, HashAlgorithmName.SHA256);
        AddPurposes(request, usages);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_authority, true, false));
        if (parsed.AlternativeNames is { } names) request.CertificateExtensions.Add(names);
        var notBefore = Later(now - Backdate, new DateTimeOffset(_authority.NotBefore));
        var notAfter = Earlier(lifetime < Short ? now + lifetime : now + lifetime - Backdate, new DateTimeOffset(_authority.NotAfter));
        using var certificate = request.Create(_authority.SubjectName, _generator, notBefore, notAfter, NewSerial());
        return Encoding.ASCII.GetBytes(certificate.ExportCertificatePem() + "\n");
    }

    public void Dispose()
    {
        _authority.Dispose();
        _key.Dispose();
    }

    private static void AddPurposes(CertificateRequest request, IReadOnlyCollection<string> usages)
    {
        var (flags, purposes) = (X509KeyUsageFlags.None, new OidCollection());
        foreach (var usage in usages)
        {
            if (KeyUsages.TryGetValue(usage, out var flag)) flags |= flag;
            else if (Purposes.TryGetValue(usage, out var oid)) purposes.Add(new Oid(oid));
            else throw new ArgumentException($"unrecognized usage: \"{usage}\"", nameof(usages));
        }

        if (flags != X509KeyUsageFlags.None) request.CertificateExtensions.Add(new X509KeyUsageExtension(flags, critical: true));
        if (purposes.Count > 0) request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(purposes, critical: false));
    }

    /// <summary>A positive 126-bit random number that is never zero.</summary>
    private static byte[] NewSerial()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x3f) | 0x40);
        return serial;
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
