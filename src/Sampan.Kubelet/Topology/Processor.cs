namespace Sampan.Kubelet.Topology;

/// <summary>A logical processor and where it is. Cores are numbered over the whole machine.</summary>
/// <param name="Cache">Processors with the same number share their last-level cache.</param>
internal sealed record Processor(int Id, int Core, int Socket, int Numa, int Cache = 0);
