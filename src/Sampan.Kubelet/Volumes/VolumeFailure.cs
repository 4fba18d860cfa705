namespace Sampan.Kubelet.Volumes;

/// <summary>A volume cannot be mounted; the message is for the pod's owner.</summary>
internal sealed class VolumeFailure(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The <see cref="Operation"/> of waiting for whoever attaches it.</summary>
    public const string NotAttached = "MountVolume.WaitForAttach";

    /// <summary>What failed, as upstream names it: <c>MountVolume.MountDevice</c>; null for the usual set-up.</summary>
    public string? Operation { get; init; }

    /// <summary>The persistent volume that it is about; null for the pod's own volume.</summary>
    public string? Volume { get; init; }

    /// <summary>It is not attached to the machine.</summary>
    public bool IsUnattached => Operation is NotAttached or "AttachVolume.Attach";

    /// <summary>The node can have no more volumes of this kind: the pod has to go elsewhere.</summary>
    public bool IsBeyondLimit { get; init; }

    /// <summary>It is not even known which volume it would be: the claim is not there or not bound.</summary>
    public bool IsUnprocessed { get; init; }
}
