using Sampan.Api.Core.V1;
using Sampan.Kubelet.Events;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Resize;

/// <summary>
/// Follows a change of a pod's resources from step to step: what was told before goes on until a step has ended, since a container that
/// makes way for another one is not running, and has nothing that could be wrong.
/// </summary>
internal sealed class ResizeProgress(PodServices services, PodMemory memory)
{
    /// <param name="pod">With what it was granted.</param>
    /// <returns>Whether a change has begun or is complete.</returns>
    public bool Look(Pod pod)
    {
        var uid = pod.Metadata.Uid;
        var before = memory.IsResizing;
        memory.IsResizing = services.Allocations.IsInProgress(pod, services.Cache.Get(uid));
        if (before && !memory.IsResizing)
        {
            services.Events.Pod(pod, null, EventReasons.Normal, EventReasons.ResizeCompleted, ResizeSummary.Of("Pod resize completed", pod, services.Allocations.ResizedTo(uid)));
        }

        return before != memory.IsResizing;
    }
}
