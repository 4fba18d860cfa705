using Sampan.Api.Core.V1;
using Sampan.Kubelet.Runtime;

namespace Sampan.Kubelet.Probes;

/// <summary>Runs the probes of all containers on the node.</summary>
internal interface IProbeManager : IProbeResults
{
    /// <summary>Raised with the pod's UID when a verdict changed.</summary>
    event Action<string>? Changed;

    /// <summary>Probes what runs, and stops probing what does not.</summary>
    void Sync(Pod pod, PodRuntimeState state);

    /// <summary>Stops probing containers that do not run any more.</summary>
    void StopEnded(string podUid, PodRuntimeState state);

    /// <summary>Stops liveness and startup probes; a pod that ends is not restarted.</summary>
    void StopRestarts(string podUid);

    void Remove(string podUid);
}
