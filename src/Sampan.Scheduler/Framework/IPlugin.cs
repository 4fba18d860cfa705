using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Queue;

namespace Sampan.Scheduler.Framework;

/// <summary>
/// A rule of scheduling, under upstream's name. It takes part through the interfaces below, in this order:
/// <code>
/// PreEnqueue ► QueueSort ► PreFilter ► Filter ─► PreScore ► Score ► NormalizeScore ► Reserve ► Permit ┄► PreBind ► Bind ► PostBind
///                                          └no node fits► PostFilter                                  └ beside the next pods' cycles
/// </code>
/// Up to Permit everything runs on the scheduling loop: no locks are needed and no I/O is allowed.
/// </summary>
public interface IPlugin
{
    string Name { get; }
}

/// <summary>Decides whether a pod may enter the queue of pods to schedule at all.</summary>
public interface IPreEnqueuePlugin : IPlugin
{
    PluginStatus PreEnqueue(PodInfo pod);

    /// <summary>The changes, besides one of the pod itself, after which a pod that was held back is worth asking about again.</summary>
    ClusterEventKind OpenedBy => ClusterEventKind.None;

    /// <summary>Looks at such a change and a pod that is held back.</summary>
    bool MayOpen(PodInfo pod, ClusterEvent change) => true;
}

/// <summary>Orders the queue.</summary>
public interface IQueueSortPlugin : IPlugin
{
    int Compare(QueuedPod left, QueuedPod right);
}

/// <summary>Looks at the pod once, before any node.</summary>
public interface IPreFilterPlugin : IPlugin
{
    /// <returns><see cref="PluginStatus.Skip"/> when the plugin's filter would let every node pass.</returns>
    PreFilterResult PreFilter(CycleState state, PodInfo pod, SchedulerCache cluster);
}

/// <summary>Decides whether the pod can run on a node.</summary>
public interface IFilterPlugin : IPlugin
{
    PluginScope FilterScope => PluginScope.Cluster;

    PluginStatus Filter(CycleState state, PodInfo pod, NodeInfo node);
}

/// <summary>A filter that can judge neighbouring nodes at once, from the columns of the <see cref="NodeTable"/>.</summary>
public interface IBatchFilterPlugin : IFilterPlugin
{
    /// <summary>Judges the slots from <paramref name="first"/> on; sets what is refused and is not yet, and leaves the others.</summary>
    void Filter(CycleState state, PodInfo pod, NodeTable nodes, int first, Span<PluginStatus> statuses);
}

/// <summary>Called when no node passed: may make room.</summary>
public interface IPostFilterPlugin : IPlugin
{
    PostFilterResult PostFilter(CycleState state, PodInfo pod, Diagnosis diagnosis, IFilterRunner filters);
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
    /// <summary>With <see cref="PluginScope.Node"/> the score also does not depend on what PreScore has seen.</summary>
    PluginScope ScoreScope => PluginScope.Cluster;

    long Score(CycleState state, PodInfo pod, NodeInfo node);

    /// <summary>Brings the scores of all feasible nodes into 0 … 100; plugins whose scores are there already do nothing.</summary>
    void NormalizeScore(CycleState state, PodInfo pod, Span<long> scores) { }
}

/// <summary>Keeps books about what a placed pod takes, beyond what the cache counts.</summary>
public interface IReservePlugin : IPlugin
{
    PluginStatus Reserve(CycleState state, PodInfo pod, string node);

    /// <summary>Takes the reservation back, also when <see cref="Reserve"/> was not called or failed.</summary>
    void Unreserve(CycleState state, PodInfo pod, string node);
}

/// <summary>Lets a placed pod go on to be bound, rejects it, or lets it wait.</summary>
public interface IPermitPlugin : IPlugin
{
    /// <returns>With <see cref="Code.Wait"/>, who waits: the plugin allows or rejects it later.</returns>
    (PluginStatus Status, WaitingPod? Waiting) Permit(CycleState state, PodInfo pod, string node);
}

/// <summary>Work before binding that may take time, such as provisioning a volume.</summary>
public interface IPreBindPlugin : IPlugin
{
    /// <summary>Whether there is anything to do; most pods are bound right away.</summary>
    bool HasWork(CycleState state) => true;

    Task<PluginStatus> PreBindAsync(CycleState state, PodInfo pod, string node, CancellationToken ct);
}

/// <summary>Tells the API server. The first that does not say <see cref="Code.Skip"/> has done it.</summary>
public interface IBindPlugin : IPlugin
{
    Task<PluginStatus> BindAsync(CycleState state, PodInfo pod, string node, CancellationToken ct);
}

/// <summary>Hears of a bound pod.</summary>
public interface IPostBindPlugin : IPlugin
{
    void PostBind(CycleState state, PodInfo pod, string node);
}

/// <summary>Names the changes in the cluster after which a pod that this plugin refused may fit.</summary>
public interface IEnqueueExtension : IPlugin
{
    IReadOnlyList<EventHint> EventsToRegister { get; }
}

/// <summary>A plugin that watches the cluster itself: called once, before the scheduler starts.</summary>
public interface IConnectedPlugin : IPlugin
{
    IDisposable Connect(PluginContext context);
}
