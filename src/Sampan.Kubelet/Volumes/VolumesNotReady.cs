namespace Sampan.Kubelet.Volumes;

/// <summary>Some of a pod's volumes cannot be mounted; one message each, for the pod's owner.</summary>
internal sealed class VolumesNotReady(IReadOnlyList<string> messages) : Exception(string.Join("; ", messages))
{
    public IReadOnlyList<string> Messages => messages;

    /// <summary>One of them is more than the node can have.</summary>
    public bool IsBeyondLimit { get; init; }
}
