using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sampan.Api.Certificates.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.Certificates;

/// <summary>
/// Deletes requests that are done with: an hour after they were denied, failed or got their certificate, a day without an answer, and when
/// the certificate has expired. One that is approved waits for its signer as long as that takes. Upstream: pkg/controller/certificates/cleaner.
/// </summary>
internal sealed class CleaningController(ControllerContext context)
    : ExpiryController<CertificateSigningRequest>("certificatesigningrequest-cleaner-controller", context, context.Informers.For<CertificateSigningRequest>())
{
    private static readonly TimeSpan Answered = TimeSpan.FromHours(1);
    private static readonly TimeSpan Pending = TimeSpan.FromHours(24);

    protected override DateTimeOffset? EndOf(CertificateSigningRequest request)
    {
        var conditions = request.Status.Conditions.OrEmpty();
        return conditions.Count == 0 ? request.Metadata.CreationTimestamp?.Value + Pending : conditions.Select(c => EndOf(request, c)).Min();
    }

    private static DateTimeOffset? EndOf(CertificateSigningRequest request, CertificateSigningRequestCondition condition)
    {
        var answered = condition.LastUpdateTime?.Value + Answered;
        if (condition.Type is RequestStates.Denied or RequestStates.Failed) return answered;
        if (condition.Type != RequestStates.Approved || !request.IsIssued()) return null;
        return ExpiryOf(request.Status.Certificate!) is { } expiry && !(answered <= expiry) ? expiry : answered;
    }

    private static DateTimeOffset? ExpiryOf(byte[] pem)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(pem));
            return new DateTimeOffset(certificate.NotAfter);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return null;
        }
    }
}
