namespace Sampan.Kubelet.Topology;

/// <summary>A logical processor and where it is. Cores are numbered over the whole machine.</summary>
internal sealed record Processor(int Id, int Core, int Socket, int Numa);
