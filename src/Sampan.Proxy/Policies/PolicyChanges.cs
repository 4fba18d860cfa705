using Sampan.Api;

namespace Sampan.Proxy.Policies;

/// <summary>What changed, each with what it is now; null for what is gone.</summary>
internal sealed class PolicyChanges
{
    public Dictionary<ObjectKey, PodView?> Pods { get; } = [];

    /// <summary>The labels of namespaces.</summary>
    public Dictionary<string, IReadOnlyDictionary<string, string>?> Namespaces { get; } = [];

    public Dictionary<ObjectKey, PolicyView?> Policies { get; } = [];
}
