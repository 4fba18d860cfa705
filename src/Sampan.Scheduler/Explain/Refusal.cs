namespace Sampan.Scheduler.Explain;

/// <summary>A rule that refuses a node, in its own words, and what would have to be different there.</summary>
/// <param name="Plugin">The rule's name.</param>
/// <param name="Reason">As it is counted in the pod's condition.</param>
/// <param name="Change">What would make the rule content.</param>
/// <param name="Preemptible">Whether taking pods off the node could help.</param>
public sealed record Refusal(string Plugin, string Reason, string Change, bool Preemptible);
