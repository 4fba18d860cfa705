namespace Sampan.Scheduler.Framework;

/// <summary>What <see cref="IPostFilterPlugin"/> could do; with success, the node where room is being made. The reasons end up in the pod's condition.</summary>
public readonly record struct PostFilterResult(PluginStatus Status, string? NominatedNode = null);
