using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sampan.Api.Certificates.V1;

namespace Sampan.ControllerManager.Certificates;

/// <summary>
/// Deletes requests that are done with: an hour after an answer, a day without one, and when the certificate has expired. Upstream:
/// pkg/controller/certificates/cleaner.
/// </summary>
internal sealed class CleaningController : Controller
{
    private static readonly TimeSpan Answered = TimeSpan.FromHours(1);
    private static readonly TimeSpan Pending = TimeSpan.FromHours(24);
    private readonly Informer<CertificateSigningRequest> _requests;
    private readonly OwnWrites<CertificateSigningRequest> _writes;

    public CleaningController(ControllerContext context)
        : base("certificatesigningrequest-cleaner-controller", context, workers: 1)
    {
        _requests = Watch<CertificateSigningRequest>(r => [KeyOf(r)]);
        _writes = Writes(_requests);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_requests.Get(key) is not { } request) return ReconcileResult.Done;
        var left = EndOf(request) - Time.GetUtcNow();
        if (left > TimeSpan.Zero) return ReconcileResult.RequeueAfter(left);
        await _writes.DeleteAsync(request, null, cancellationToken);
        return ReconcileResult.Done;
    }

    private static DateTimeOffset EndOf(CertificateSigningRequest request)
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
