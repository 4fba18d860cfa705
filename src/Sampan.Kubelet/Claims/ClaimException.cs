namespace Sampan.Kubelet.Claims;

/// <summary>A pod's claims are not ready; the message is for its events.</summary>
internal sealed class ClaimException(string message, Exception? inner = null) : Exception(message, inner);
