using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Queue;

namespace Sampan.Scheduler.Plugins;

/// <summary>The highest priority first; among equals, who waits longest.</summary>
internal sealed class PrioritySort : IQueueSortPlugin
{
    public string Name => nameof(PrioritySort);

    public int Compare(QueuedPod left, QueuedPod right) =>
        right.Pod.Priority.CompareTo(left.Pod.Priority) is var order and not 0 ? order : left.QueuedAt.CompareTo(right.QueuedAt);
}
