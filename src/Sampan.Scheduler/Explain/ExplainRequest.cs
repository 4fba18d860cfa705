using Sampan.Api.Core.V1;

namespace Sampan.Scheduler.Explain;

/// <summary>What to explain: a pod that exists, pods that don't, or what becomes of the pods of a node without it.</summary>
public sealed record ExplainRequest
{
    /// <summary>A pod that exists.</summary>
    public (string Namespace, string Name)? Pod { get; init; }

    /// <summary>Pods that don't exist, placed one after the other; complete, as the API server would store them.</summary>
    public IReadOnlyList<Pod> Manifests { get; init; } = [];

    /// <summary>Nodes to leave out. Without a pod or manifests, the pods that run there are what is placed.</summary>
    public IReadOnlyList<string> WithoutNodes { get; init; } = [];
}
