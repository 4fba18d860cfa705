using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sampan.Api;
using Sampan.Api.Certificates.V1;

namespace Sampan.ApiServer.Admission.Certificates;

/// <summary>Whom a signing request asks a certificate for.</summary>
internal sealed record RequestedSubject(string CommonName, IReadOnlyList<string> Organizations)
{
    private const string CommonNameType = "2.5.4.3";
    private const string OrganizationType = "2.5.4.10";

    /// <exception cref="StatusException">403: the request can't be read.</exception>
    public static RequestedSubject Of(AdmissionRequest request, CertificateSigningRequest csr)
    {
        try
        {
            var parsed = CertificateRequest.LoadSigningRequestPem(
                Encoding.ASCII.GetString(csr.Spec.Request), HashAlgorithmName.SHA256, CertificateRequestLoadOptions.SkipSignatureValidation);
            var parts = parsed.SubjectName.EnumerateRelativeDistinguishedNames().Where(part => !part.HasMultipleElements)
                .ToLookup(part => part.GetSingleElementType().Value, part => part.GetSingleElementValue() ?? "");
            return new(parts[CommonNameType].LastOrDefault(""), [.. parts[OrganizationType]]);
        }
        catch (Exception bad) when (bad is CryptographicException or ArgumentException)
        {
            throw request.Forbidden($"failed to parse CSR: {bad.Message}");
        }
    }
}
