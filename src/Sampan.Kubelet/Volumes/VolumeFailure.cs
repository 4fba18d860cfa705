namespace Sampan.Kubelet.Volumes;

/// <summary>A volume cannot be mounted; the message is for the pod's owner.</summary>
internal sealed class VolumeFailure(string message, Exception? inner = null) : Exception(message, inner);
