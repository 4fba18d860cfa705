using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sampan.Cluster.Certificates;

/// <summary>Signs certificates with its own ECDSA or RSA key.</summary>
public sealed class CertificateAuthority : IDisposable
{
    /// <summary>Valid from a little earlier than now, so that hosts with slow clocks accept it at once.</summary>
    private static readonly TimeSpan Backdate = TimeSpan.FromMinutes(5);

    private readonly AsymmetricAlgorithm _key;

    private CertificateAuthority(X509Certificate2 certificate, AsymmetricAlgorithm key)
    {
        Certificate = certificate;
        _key = key;
    }

    public static TimeSpan AuthorityLifetime { get; } = TimeSpan.FromDays(3650);

    public static TimeSpan LeafLifetime { get; } = TimeSpan.FromDays(365);

    /// <summary>The authority's certificate without its key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Makes a self-signed certificate for a new authority's key.</summary>
    public static KeyPair Create(string commonName, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new KeyPair(CreateCertificate(commonName, key, now), PrivateKeys.ToPem(key));
    }

    /// <summary>Makes the certificate for an authority whose key exists already.</summary>
    public static string CreateCertificate(string commonName, AsymmetricAlgorithm key, DateTimeOffset now)
    {
        var request = NewRequest(SubjectOf(CertificateProfile.Client(commonName)), key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(commonName);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(
            request.SubjectName, GeneratorFor(key), now - Backdate, now + AuthorityLifetime, NewSerial());
        return certificate.ExportCertificatePem() + "\n";
    }

    /// <summary>An authority from its files' texts.</summary>
    public static CertificateAuthority Load(KeyPair pair) =>
        new(X509Certificate2.CreateFromPem(pair.CertificatePem), PrivateKeys.FromPem(pair.KeyPem));

    /// <summary>Makes a key and a certificate for it, which never outlives the authority.</summary>
    public KeyPair Issue(CertificateProfile profile, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = NewRequest(SubjectOf(profile), key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(UsagesOf(profile), critical: false));
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, true, false));
        if (profile.DnsNames.Count + profile.Addresses.Count > 0)
            request.CertificateExtensions.Add(NamesOf(profile));
        var notBefore = Max(now - Backdate, new DateTimeOffset(Certificate.NotBefore));
        var notAfter = Min(now + LeafLifetime, new DateTimeOffset(Certificate.NotAfter));
        using var certificate = request.Create(Certificate.SubjectName, GeneratorFor(_key), notBefore, notAfter, NewSerial());
        return new KeyPair(certificate.ExportCertificatePem() + "\n", PrivateKeys.ToPem(key));
    }

    /// <summary>True when this authority's key signed the certificate.</summary>
    public bool HasSigned(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(Certificate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
        return chain.Build(certificate);
    }

    public void Dispose()
    {
        Certificate.Dispose();
        _key.Dispose();
    }

    internal static X500DistinguishedName SubjectOf(CertificateProfile profile)
    {
        // The builder encodes what was added last first: the organizations come out in order, before the name.
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(profile.CommonName);
        foreach (var organization in profile.Organizations.Reverse())
            subject.AddOrganizationName(organization);
        return subject.Build();
    }

    private static CertificateRequest NewRequest(X500DistinguishedName subject, AsymmetricAlgorithm key) => key switch
    {
        ECDsa ecdsa => new CertificateRequest(subject, ecdsa, HashAlgorithmName.SHA256),
        RSA rsa => new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        _ => throw new CertificateException($"a key of type {key.GetType().Name} cannot sign certificates"),
    };

    private static X509SignatureGenerator GeneratorFor(AsymmetricAlgorithm key) => key switch
    {
        ECDsa ecdsa => X509SignatureGenerator.CreateForECDsa(ecdsa),
        RSA rsa => X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1),
        _ => throw new CertificateException($"a key of type {key.GetType().Name} cannot sign certificates"),
    };

    private static OidCollection UsagesOf(CertificateProfile profile)
    {
        var usages = new OidCollection();
        if (profile.IsServer)
            usages.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        if (profile.IsClient)
            usages.Add(new Oid("1.3.6.1.5.5.7.3.2"));
        return usages;
    }

    internal static X509Extension NamesOf(CertificateProfile profile)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var dnsName in profile.DnsNames)
            names.AddDnsName(dnsName);
        foreach (var address in profile.Addresses)
            names.AddIpAddress(address);
        return names.Build();
    }

    /// <summary>A positive 126-bit random number that is never zero.</summary>
    private static byte[] NewSerial()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x3f) | 0x40);
        return serial;
    }

    private static DateTimeOffset Min(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
