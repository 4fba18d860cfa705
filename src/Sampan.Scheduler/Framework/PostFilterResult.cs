namespace Sampan.Scheduler.Framework;

/// <summary>What <see cref="IPostFilterPlugin"/> could do; with success, the node where room is being made; "" when none is any more, null when nothing changes. The reasons end up in the pod's condition.</summary>
public readonly record struct PostFilterResult(PluginStatus Status, string? NominatedNode = null);
