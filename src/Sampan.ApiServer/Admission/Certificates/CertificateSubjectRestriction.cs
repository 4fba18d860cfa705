using Sampan.Api.Certificates.V1;
using Sampan.ApiServer.Authentication;

namespace Sampan.ApiServer.Admission.Certificates;

/// <summary>No client certificate makes its owner a master.</summary>
internal sealed class CertificateSubjectRestriction : AdmissionPlugin
{
    private const string Signer = "kubernetes.io/kube-apiserver-client";

    public override string Name => "CertificateSubjectRestriction";

    public override ValueTask ValidateAsync(AdmissionRequest request)
    {
        if (request is { Operation: AdmissionOperation.Create, Subresource: "", Object: CertificateSigningRequest { Spec.SignerName: Signer } csr }
            && RequestedSubject.Of(request, csr).Organizations.Contains(UserNames.MastersGroup))
        {
            throw request.Forbidden($"use of {Signer} signer with {UserNames.MastersGroup} group is not allowed");
        }
        return ValueTask.CompletedTask;
    }
}
