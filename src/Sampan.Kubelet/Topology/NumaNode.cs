namespace Sampan.Kubelet.Topology;

/// <summary>A NUMA node's memory, in bytes by resource: <c>memory</c>, <c>hugepages-2Mi</c>.</summary>
/// <param name="Distances">How far each node is from this one, in the order of nodes; 10 is itself. None where nobody tells.</param>
internal sealed record NumaNode(int Id, IReadOnlyDictionary<string, long> Memory, IReadOnlyList<int>? Distances = null);
