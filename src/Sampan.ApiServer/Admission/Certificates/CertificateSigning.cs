using Sampan.Api;
using Sampan.Api.Certificates.V1;
using Sampan.ApiServer.Authorization;

namespace Sampan.ApiServer.Admission.Certificates;

/// <summary>Whoever fills in a certificate or says that it failed must be allowed to sign for the signer.</summary>
internal sealed class CertificateSigning(IAuthorizer authorizer) : AdmissionPlugin
{
    public override string Name => "CertificateSigning";

    public override async ValueTask ValidateAsync(AdmissionRequest request)
    {
        if (request is { Operation: AdmissionOperation.Update, Subresource: "status", Object: CertificateSigningRequest now, OldObject: CertificateSigningRequest old }
            && !IsSame(now.Status, old.Status)
            && !await SignerAccess.IsAllowedAsync(authorizer, request, "sign", old.Spec.SignerName))
        {
            throw request.Forbidden($"user not permitted to sign requests with signerName {GoText.Quote(old.Spec.SignerName)}");
        }
    }

    private static bool IsSame(CertificateSigningRequestStatus now, CertificateSigningRequestStatus old)
    {
        var (a, b) = (now.Conditions.OrEmpty(), old.Conditions.OrEmpty());
        return (now.Certificate ?? []).AsSpan().SequenceEqual(old.Certificate ?? [])
            && a.Count == b.Count && a.Zip(b).All(pair => pair.First.DeepEquals(pair.Second));
    }
}
