using Sampan.Api.Core.V1;
using Sampan.Kubelet.Runtime;

namespace Sampan.Kubelet.Probes;

/// <summary>Runs the probes of all containers on the node.</summary>
internal interface IProbeManager : IProbeResults
{
    /// <summary>Raised with the pod's UID when a verdict changed.</summary>
    event Action<string>? Changed;

    /// <summary>Probes what runs, and stops probing what does not.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="state">What runs of it.</param>
    /// <param name="told">What was told of it last, by this kubelet or the one before: who had started then is not asked again whether it has.</param>
    void Sync(Pod pod, PodRuntimeState state, PodStatus told);

    /// <summary>Stops probing containers that do not run any more.</summary>
    void StopEnded(string podUid, PodRuntimeState state);

    /// <summary>Stops liveness and startup probes; a pod that ends is not restarted.</summary>
    void StopRestarts(string podUid);

    void Remove(string podUid);
}
