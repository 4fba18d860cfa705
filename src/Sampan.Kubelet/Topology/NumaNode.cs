namespace Sampan.Kubelet.Topology;

/// <summary>A NUMA node's memory, in bytes by resource: <c>memory</c>, <c>hugepages-2Mi</c>.</summary>
internal sealed record NumaNode(int Id, IReadOnlyDictionary<string, long> Memory);
