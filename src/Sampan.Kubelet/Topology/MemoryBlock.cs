namespace Sampan.Kubelet.Topology;

/// <summary>Memory that one container has on some NUMA nodes.</summary>
internal sealed record MemoryBlock(string PodUid, string Container, string Resource, ulong Nodes, long Size);
