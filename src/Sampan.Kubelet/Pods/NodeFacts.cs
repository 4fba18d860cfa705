using Sampan.Api;

namespace Sampan.Kubelet.Pods;

/// <summary>What pods need to know of their node; replaced whole when it changes.</summary>
internal sealed record NodeFacts(string NodeName, IReadOnlyList<string> Addresses, IReadOnlyDictionary<string, Quantity> Allocatable, long MemoryCapacity, string RuntimeName)
{
    public string ContainerId(string id) => $"{RuntimeName}://{id}";
}
