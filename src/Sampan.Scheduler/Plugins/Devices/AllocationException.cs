namespace Sampan.Scheduler.Plugins.Devices;

/// <summary>Devices can't be looked for. Where the node is not at fault, but the claim or its class, no other node is tried.</summary>
internal sealed class AllocationException(string message, bool isOfNode = false) : Exception(message)
{
    public bool IsOfNode => isOfNode;
}
