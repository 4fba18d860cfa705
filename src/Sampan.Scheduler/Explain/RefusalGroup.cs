namespace Sampan.Scheduler.Explain;

/// <summary>A reason, the nodes that give it, and on how many of those it is the only one.</summary>
public sealed record RefusalGroup(string Plugin, string Reason, int Count, int OnlyReason, string Change, IReadOnlyList<string> Nodes);
