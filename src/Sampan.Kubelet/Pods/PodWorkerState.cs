namespace Sampan.Kubelet.Pods;

/// <summary>
/// The life of a pod on its node. A pod that ends by itself stays Terminated, with its last containers for their logs,
/// until the API server wants it gone.
/// <code>
/// Syncing ──deleted, evicted, all containers done──► Terminating ──nothing runs──► Terminated ──deleted from the API──► Finished
/// </code>
/// </summary>
internal enum PodWorkerState
{
    Syncing,
    Terminating,
    Terminated,
    Finished,
}
