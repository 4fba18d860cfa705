using Sampan.Api.Certificates.V1Beta1;

namespace Sampan.ControllerManager.Certificates;

/// <summary>
/// Deletes PodCertificateRequests of half an hour ago: the kubelet has its answer by then, or has asked again. Upstream:
/// pkg/controller/certificates/cleaner/pcrcleaner.go.
/// </summary>
internal sealed class PodCertificateCleaner : Controller
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(30);
    private readonly Informer<PodCertificateRequest> _requests;
    private readonly OwnWrites<PodCertificateRequest> _writes;

    public PodCertificateCleaner(ControllerContext context)
        : base("podcertificaterequest-cleaner-controller", context, workers: 1)
    {
        _requests = Watch<PodCertificateRequest>(r => [KeyOf(r)]);
        _writes = Writes(_requests);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_requests.Get(key) is not { Metadata.CreationTimestamp: { } created } request) return ReconcileResult.Done;
        var left = created.Value + Kept - Time.GetUtcNow();
        if (left > TimeSpan.Zero) return ReconcileResult.RequeueAfter(left);
        await _writes.DeleteAsync(request, null, cancellationToken);
        return ReconcileResult.Done;
    }
}
