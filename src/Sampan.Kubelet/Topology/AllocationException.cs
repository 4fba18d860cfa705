namespace Sampan.Kubelet.Topology;

/// <summary>A container cannot be given what it asks for.</summary>
/// <param name="message">For the pod's status.</param>
/// <param name="reason">For the pod's status; null where nobody could expect it.</param>
internal sealed class AllocationException(string message, string? reason = null) : Exception(message)
{
    public string? Reason { get; } = reason;
}
