namespace Sampan.Scheduler.Explain;

/// <summary>What the rules say of one node.</summary>
public sealed record NodeExplanation(string Node, bool Fits, long? Score, IReadOnlyList<Refusal> Refusals);
