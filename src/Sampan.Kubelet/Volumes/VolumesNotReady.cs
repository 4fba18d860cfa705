namespace Sampan.Kubelet.Volumes;

/// <summary>Some of a pod's volumes cannot be mounted or refreshed; one message each, for the pod's owner.</summary>
internal sealed class VolumesNotReady(IReadOnlyList<string> messages) : Exception(string.Join("; ", messages))
{
    public IReadOnlyList<string> Messages => messages;

    /// <summary>All of them, where the pod has those that failed from before and lacks only what is new in them; null otherwise.</summary>
    public IReadOnlyDictionary<string, MountedVolume>? Mounted { get; init; }

    /// <summary>One of them is more than the node can have.</summary>
    public bool IsBeyondLimit { get; init; }
}
