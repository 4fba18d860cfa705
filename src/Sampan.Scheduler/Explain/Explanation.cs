namespace Sampan.Scheduler.Explain;

/// <summary>Where one pod can go and where it can't, node by node and grouped. This is also the JSON form, so names are for good.</summary>
public sealed record Explanation
{
    public required string Namespace { get; init; }
    public required string Name { get; init; }

    /// <summary><c>Scheduled</c>: it has a node. <c>Fits</c>: it could go somewhere. <c>Unschedulable</c>, or <c>Gated</c> before any node is looked at.</summary>
    public required string Verdict { get; init; }

    /// <summary>The node that it has, or that it would get now.</summary>
    public string? Node { get; init; }

    /// <summary>The scheduler's sentence, as in the pod's condition.</summary>
    public string? Message { get; init; }

    /// <summary>Nodes that give the same reason together, the most frequent first.</summary>
    public IReadOnlyList<RefusalGroup> Refusals { get; init; } = [];

    /// <summary>Every node: those that fit by falling score, then the others.</summary>
    public IReadOnlyList<NodeExplanation> Nodes { get; init; } = [];
}
