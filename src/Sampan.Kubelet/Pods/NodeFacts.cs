using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Pods;

/// <summary>What pods need to know of their node; replaced whole when it changes.</summary>
internal sealed record NodeFacts(string NodeName, IReadOnlyList<string> Addresses, IReadOnlyDictionary<string, Quantity> Allocatable, long MemoryCapacity, string RuntimeName)
{
    /// <summary>Whether a pod's runtime makes what is mounted below a read-only mount read-only too.</summary>
    public Func<Pod, bool> CanRecursiveReadOnly { get; init; } = _ => false;

    public string ContainerId(string id) => $"{RuntimeName}://{id}";
}
