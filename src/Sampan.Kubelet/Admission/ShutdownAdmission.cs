using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Admission;

/// <summary>A node that shuts down takes nobody in any more.</summary>
internal sealed class ShutdownAdmission(IPodAdmission otherwise, Func<bool> isShuttingDown) : IPodAdmission
{
    public Task<PodTermination?> AdmitAsync(Pod pod, IReadOnlyList<Pod> others, CancellationToken cancellationToken) => isShuttingDown()
        ? Task.FromResult<PodTermination?>(new PodTermination("NodeShutdown", "Pod was rejected as the node is shutting down.") { IsRejection = true })
        : otherwise.AdmitAsync(pod, others, cancellationToken);
}
