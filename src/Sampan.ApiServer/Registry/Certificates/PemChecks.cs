using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sampan.Api;

namespace Sampan.ApiServer.Registry.Certificates;

/// <summary>Says what is wrong with PEM texts of requests and certificates; null when nothing is.</summary>
internal static class PemChecks
{
    public static string? ComplaintAboutRequest(byte[] bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        if (!PemEncoding.TryFind(text, out var fields) || text[fields.Label] is not ("CERTIFICATE REQUEST" or "NEW CERTIFICATE REQUEST"))
        {
            return "PEM block type must be CERTIFICATE REQUEST";
        }
        var der = Convert.FromBase64String(text[fields.Base64Data]);
        try
        {
            CertificateRequest.LoadSigningRequest(der, HashAlgorithmName.SHA256, CertificateRequestLoadOptions.SkipSignatureValidation);
        }
        catch (CryptographicException e)
        {
            return $"asn1: structure error: {e.Message}";
        }
        return ComplaintAboutSignature(der);
    }

    public static string? ComplaintAboutCertificates(byte[]? bytes)
    {
        if (bytes is not { Length: > 0 })
        {
            return null;
        }
        var rest = Encoding.Latin1.GetString(bytes);
        var blocks = 0;
        while (PemEncoding.TryFind(rest, out var fields))
        {
            if (rest[fields.Label] != "CERTIFICATE")
            {
                return $"only CERTIFICATE PEM blocks are allowed, found {GoText.Quote(rest[fields.Label])}";
            }
            blocks++;
            try
            {
                using var certificate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(rest[fields.Base64Data]));
            }
            catch (CryptographicException)
            {
                return "x509: malformed certificate";
            }
            rest = rest[fields.Location.End..];
        }
        return blocks == 0 ? "must contain at least one CERTIFICATE PEM block" : null;
    }

    private static string? ComplaintAboutSignature(byte[] der)
    {
        try
        {
            CertificateRequest.LoadSigningRequest(der, HashAlgorithmName.SHA256, CertificateRequestLoadOptions.Default, RSASignaturePadding.Pkcs1);
            return null;
        }
        catch (NotSupportedException)
        {
            // A key or signature that this platform cannot verify is the signer's to judge.
            return null;
        }
        catch (CryptographicException)
        {
            return "x509: signature verification failed";
        }
    }
}
