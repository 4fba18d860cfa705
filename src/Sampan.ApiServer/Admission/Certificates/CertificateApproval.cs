using Sampan.Api;
using Sampan.Api.Certificates.V1;
using Sampan.ApiServer.Authorization;

namespace Sampan.ApiServer.Admission.Certificates;

/// <summary>Whoever approves or denies a request must be allowed to for its signer.</summary>
internal sealed class CertificateApproval(IAuthorizer authorizer) : AdmissionPlugin
{
    public override string Name => "CertificateApproval";

    public override async ValueTask ValidateAsync(AdmissionRequest request)
    {
        if (request is { Operation: AdmissionOperation.Update, Subresource: "approval", OldObject: CertificateSigningRequest old }
            && !await SignerAccess.IsAllowedAsync(authorizer, request, "approve", old.Spec.SignerName))
        {
            throw request.Forbidden($"user not permitted to approve requests with signerName {GoText.Quote(old.Spec.SignerName)}");
        }
    }
}
