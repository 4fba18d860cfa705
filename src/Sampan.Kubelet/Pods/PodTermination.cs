namespace Sampan.Kubelet.Pods;

/// <summary>Why a pod has to end, and what its status says then.</summary>
/// <param name="Reason">For the status; null when the API server asked for it.</param>
/// <param name="Message">For the status.</param>
/// <param name="GracePeriod">Null for the pod's own.</param>
internal sealed record PodTermination(string? Reason = null, string? Message = null, TimeSpan? GracePeriod = null)
{
    /// <summary>The pod is not in the API any more.</summary>
    public bool IsRemoved { get; init; }

    /// <summary>The node ends the pod for reasons of its own, which the pod's owner shall not count as a failure.</summary>
    public bool IsDisruption { get; init; }

    /// <summary>The node did not take the pod in: nothing of it ever ran.</summary>
    public bool IsRejection { get; init; }
}
