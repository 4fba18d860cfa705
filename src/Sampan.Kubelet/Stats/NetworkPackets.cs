namespace Sampan.Kubelet.Stats;

/// <summary>Packets through a network interface, and those that it dropped.</summary>
internal sealed record NetworkPackets(ulong Rx, ulong RxDropped, ulong Tx, ulong TxDropped);
