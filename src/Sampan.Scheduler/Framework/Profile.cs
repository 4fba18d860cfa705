using Sampan.Scheduler.Plugins;

namespace Sampan.Scheduler.Framework;

/// <summary>The plugins of one scheduler name, sorted by extension point, in upstream's order and with upstream's weights.</summary>
public sealed class Profile
{
    public const string DefaultSchedulerName = "default-scheduler";

    private Profile(string schedulerName, IReadOnlyList<(IPlugin Plugin, int Weight)> plugins)
    {
        SchedulerName = schedulerName;
        QueueSort = plugins.Select(p => p.Plugin).OfType<IQueueSortPlugin>().Single();
        PreEnqueue = Of<IPreEnqueuePlugin>(plugins);
        PreFilter = Of<IPreFilterPlugin>(plugins);
        Filter = Of<IFilterPlugin>(plugins);
        PreScore = Of<IPreScorePlugin>(plugins);
        Score = [.. plugins.Where(p => p.Plugin is IScorePlugin).Select(p => ((IScorePlugin)p.Plugin, p.Weight))];
        EnqueueExtensions = Of<IEnqueueExtension>(plugins);
    }

    public string SchedulerName { get; }
    public IQueueSortPlugin QueueSort { get; }
    public IReadOnlyList<IPreEnqueuePlugin> PreEnqueue { get; }
    public IReadOnlyList<IPreFilterPlugin> PreFilter { get; }
    public IReadOnlyList<IFilterPlugin> Filter { get; }
    public IReadOnlyList<IPreScorePlugin> PreScore { get; }
    public IReadOnlyList<(IScorePlugin Plugin, int Weight)> Score { get; }
    public IReadOnlyList<IEnqueueExtension> EnqueueExtensions { get; }

    /// <summary>The default plugins, and any of the caller's own after them.</summary>
    public static Profile Default(string schedulerName = DefaultSchedulerName, params IReadOnlyList<(IPlugin Plugin, int Weight)> additional) => new(schedulerName,
    [
        (new PrioritySort(), 0),
        (new SchedulingGates(), 0),
        (new NodeUnschedulable(), 0),
        (new NodeName(), 0),
        (new TaintToleration(), 3),
        (new NodeAffinityPlugin(), 2),
        (new NodePorts(), 0),
        (new NodeResourcesFit(), 1),
        (new PodTopologySpread(), 2),
        (new NodeResourcesBalancedAllocation(), 1),
        (new ImageLocality(), 1),
        .. additional,
    ]);

    private static List<T> Of<T>(IReadOnlyList<(IPlugin Plugin, int Weight)> plugins) => [.. plugins.Select(p => p.Plugin).OfType<T>()];
}
