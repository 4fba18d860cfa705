using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Queue;

namespace Sampan.Scheduler.Framework;

/// <summary>A rule of scheduling, under upstream's name. It takes part through the interfaces below.</summary>
public interface IPlugin
{
    string Name { get; }
}

/// <summary>Decides whether a pod may enter the queue of pods to schedule at all.</summary>
public interface IPreEnqueuePlugin : IPlugin
{
    PluginStatus PreEnqueue(PodInfo pod);
}

/// <summary>Orders the queue.</summary>
public interface IQueueSortPlugin : IPlugin
{
    int Compare(QueuedPod left, QueuedPod right);
}

/// <summary>Looks at the pod once, before any node.</summary>
public interface IPreFilterPlugin : IPlugin
{
    PreFilterResult PreFilter(CycleState state, PodInfo pod, SchedulerCache cluster);
}

/// <summary>Decides whether the pod can run on a node.</summary>
public interface IFilterPlugin : IPlugin
{
    PluginStatus Filter(CycleState state, PodInfo pod, NodeInfo node);
}

/// <summary>Looks at the pod once, when the feasible nodes are known.</summary>
public interface IPreScorePlugin : IPlugin
{
    /// <returns><see cref="PluginStatus.Skip"/> when the plugin would score all nodes the same.</returns>
    PluginStatus PreScore(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes);
}

/// <summary>Says how good a node is for the pod.</summary>
public interface IScorePlugin : IPlugin
{
    long Score(CycleState state, PodInfo pod, NodeInfo node);

    /// <summary>Brings the scores of all feasible nodes into 0 … 100; plugins whose scores are there already do nothing.</summary>
    void Normalize(Span<long> scores) { }
}

/// <summary>Names the changes in the cluster after which a pod that this plugin refused may fit.</summary>
public interface IEnqueueExtension : IPlugin
{
    IReadOnlyList<EventHint> EventsToRegister { get; }
}

/// <summary>What <see cref="IPreFilterPlugin"/> says, and the only nodes worth looking at; null means all.</summary>
public readonly record struct PreFilterResult(PluginStatus Status, IReadOnlySet<string>? NodeNames = null);
