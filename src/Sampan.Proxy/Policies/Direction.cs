namespace Sampan.Proxy.Policies;

/// <summary>What a pod sends, and what it receives.</summary>
internal enum Direction : byte
{
    Egress,
    Ingress,
}
