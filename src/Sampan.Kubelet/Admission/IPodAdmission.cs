using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Admission;

/// <summary>Decides whether a pod that is bound to this node may run on it.</summary>
internal interface IPodAdmission
{
    /// <param name="pod">The new pod.</param>
    /// <param name="others">The pods that hold the node's resources and ports.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <returns>Why it may not; null when it may.</returns>
    Task<PodTermination?> AdmitAsync(Pod pod, IReadOnlyList<Pod> others, CancellationToken cancellationToken);
}
