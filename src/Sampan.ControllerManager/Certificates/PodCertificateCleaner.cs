using Sampan.Api.Certificates.V1Beta1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.Certificates;

/// <summary>
/// Deletes PodCertificateRequests of half an hour ago: the kubelet has its answer by then, or has asked again. Upstream:
/// pkg/controller/certificates/cleaner/pcrcleaner.go.
/// </summary>
internal sealed class PodCertificateCleaner(ControllerContext context)
    : ExpiryController<PodCertificateRequest>("podcertificaterequest-cleaner-controller", context, context.Informers.For<PodCertificateRequest>())
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(30);

    protected override DateTimeOffset? EndOf(PodCertificateRequest request) => request.Metadata.CreationTimestamp?.Value + Kept;
}
