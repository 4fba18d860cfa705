using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sampan.Api.Certificates.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.Certificates;

/// <summary>
/// Deletes requests that are done with: an hour after an answer, a day without one, and when the certificate has expired. Upstream:
/// pkg/controller/certificates/cleaner.
/// </summary>
internal sealed class CleaningController(ControllerContext context)
    : ExpiryController<CertificateSigningRequest>("certificatesigningrequest-cleaner-controller", context, context.Informers.For<CertificateSigningRequest>())
{
    private static readonly TimeSpan Answered = TimeSpan.FromHours(1);
    private static readonly TimeSpan Pending = TimeSpan.FromHours(24);

    protected override DateTimeOffset? EndOf(CertificateSigningRequest request)
    {
        var created = request.Metadata.CreationTimestamp?.Value ?? DateTimeOffset.MaxValue - Pending;
        var conditions = request.Status.Conditions.OrEmpty();
        var end = conditions.Count == 0 ? created + Pending : conditions.Min(c => (c.LastUpdateTime?.Value ?? created) + Answered);
        return request.IsIssued() && ExpiryOf(request.Status.Certificate!) is { } expiry && expiry < end ? expiry : end;
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
