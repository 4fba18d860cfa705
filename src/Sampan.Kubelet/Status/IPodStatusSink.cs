using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Status;

/// <summary>Takes the states of pods to the API server.</summary>
internal interface IPodStatusSink
{
    /// <summary>The newest status of a pod that was given; null when there is none yet.</summary>
    PodStatus? Find(string podUid);

    /// <summary>Returns at once; what changed is sent soon, the newest only.</summary>
    void Set(Pod pod, PodStatus status);

    /// <summary>Sends what is left, and then takes the pod out of the API for good.</summary>
    Task DeleteAsync(Pod pod, CancellationToken cancellationToken);

    void Forget(string podUid);

    /// <summary>Sends the last status again when the API server's copy of the pod says something else: somebody overwrote it.</summary>
    void Reconcile(Pod pod)
    {
    }
}
