using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Cloud;

/// <summary>What a node is told of its machine; what is null or empty stays as it is.</summary>
internal sealed record InstanceMetadata(
    string? ProviderId, string? InstanceType = null, string? Zone = null, string? Region = null, IReadOnlyList<NodeAddress>? Addresses = null)
{
    /// <summary>Further labels, outside of Kubernetes' own domains; those that a node has already stay.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}
