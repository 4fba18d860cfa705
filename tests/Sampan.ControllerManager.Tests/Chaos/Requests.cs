using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sampan.Api.Certificates.V1;
using Sampan.ControllerManager.Certificates;

namespace Sampan.ControllerManager.Tests.Chaos;

/// <summary>What kubelets ask for, and who signs it.</summary>
internal static class Requests
{
    public static SigningKey NewAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=ca", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using var certificate = request.CreateSelfSigned(new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2040, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return new SigningKey(certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    public static CertificateSigningRequest OfKubelet(string node)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=system:node:{node},O=system:nodes", key, HashAlgorithmName.SHA256);
        return new()
        {
            Metadata = new ObjectMeta { Name = node },
            Spec = new()
            {
                SignerName = SignerNames.KubeletClient,
                Username = $"system:node:{node}",
                Usages = ["digital signature", "client auth"],
                Request = Encoding.ASCII.GetBytes(request.CreateSigningRequestPem()),
            },
        };
    }
}
