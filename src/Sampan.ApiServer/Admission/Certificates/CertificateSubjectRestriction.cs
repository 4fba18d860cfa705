using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sampan.Api;
using Sampan.Api.Certificates.V1;
using Sampan.ApiServer.Authentication;

namespace Sampan.ApiServer.Admission.Certificates;

/// <summary>No client certificate makes its owner a master.</summary>
internal sealed class CertificateSubjectRestriction : AdmissionPlugin
{
    private const string Signer = "kubernetes.io/kube-apiserver-client";
    private const string Organization = "2.5.4.10";

    public override string Name => "CertificateSubjectRestriction";

    public override ValueTask ValidateAsync(AdmissionRequest request)
    {
        if (request is { Operation: AdmissionOperation.Create, Subresource: "", Object: CertificateSigningRequest { Spec.SignerName: Signer } csr }
            && Groups(request, csr).Contains(UserNames.MastersGroup))
        {
            throw request.Forbidden($"use of {Signer} signer with {UserNames.MastersGroup} group is not allowed");
        }
        return ValueTask.CompletedTask;
    }

    private static IEnumerable<string> Groups(AdmissionRequest request, CertificateSigningRequest csr)
    {
        try
        {
            var parsed = CertificateRequest.LoadSigningRequestPem(
                Encoding.ASCII.GetString(csr.Spec.Request), HashAlgorithmName.SHA256, CertificateRequestLoadOptions.SkipSignatureValidation);
            return [.. parsed.SubjectName.EnumerateRelativeDistinguishedNames()
                .Where(part => !part.HasMultipleElements && part.GetSingleElementType().Value == Organization)
                .Select(part => part.GetSingleElementValue() ?? "")];
        }
        catch (Exception bad) when (bad is CryptographicException or ArgumentException)
        {
            throw request.Forbidden($"failed to parse CSR: {bad.Message}");
        }
    }
}
