using Sampan.Scheduler.Configuration;

namespace Sampan.Scheduler.Framework;

/// <summary>The plugins of one scheduler name by extension point, each list in the order in which they are asked.</summary>
public sealed record Profile
{
    public const string DefaultSchedulerName = "default-scheduler";

    public string SchedulerName { get; init; } = DefaultSchedulerName;
    public required IQueueSortPlugin QueueSort { get; init; }
    public IReadOnlyList<IPreEnqueuePlugin> PreEnqueue { get; init; } = [];
    public IReadOnlyList<IPreFilterPlugin> PreFilter { get; init; } = [];
    public IReadOnlyList<IFilterPlugin> Filter { get; init; } = [];
    public IReadOnlyList<IPostFilterPlugin> PostFilter { get; init; } = [];
    public IReadOnlyList<IPreScorePlugin> PreScore { get; init; } = [];
    public IReadOnlyList<(IScorePlugin Plugin, int Weight)> Score { get; init; } = [];
    public IReadOnlyList<IReservePlugin> Reserve { get; init; } = [];
    public IReadOnlyList<IPermitPlugin> Permit { get; init; } = [];
    public IReadOnlyList<IPreBindPlugin> PreBind { get; init; } = [];
    public IReadOnlyList<IBindPlugin> Bind { get; init; } = [];
    public IReadOnlyList<IPostBindPlugin> PostBind { get; init; } = [];
    public IReadOnlyList<IEnqueueExtension> EnqueueExtensions { get; init; } = [];
    public IReadOnlyList<IExtender> Extenders { get; init; } = [];

    /// <summary>Of how many of the nodes feasible ones are looked for, in percent; null: fewer the larger the cluster is.</summary>
    public int? PercentageOfNodesToScore { get; init; }

    /// <summary>Every plugin once.</summary>
    public IEnumerable<IPlugin> Plugins => new IEnumerable<IPlugin>[]
        {
            [QueueSort], PreEnqueue, PreFilter, Filter, PostFilter, PreScore, Score.Select(s => s.Plugin), Reserve, Permit, PreBind, Bind, PostBind, EnqueueExtensions,
        }
        .SelectMany(list => list).Distinct();

    /// <summary>The default plugins, and any of the caller's own after them.</summary>
    public static Profile Default(string schedulerName = DefaultSchedulerName, params IReadOnlyList<(IPlugin Plugin, int Weight)> additional) =>
        Of(schedulerName, [.. DefaultPlugins.All.Select(p => (p.Create(new PluginConfig { Name = p.Name }), p.Weight)), .. additional]);

    /// <summary>A profile of plugins that take part wherever they can.</summary>
    public static Profile Of(string schedulerName, IReadOnlyList<(IPlugin Plugin, int Weight)> plugins) => new()
    {
        SchedulerName = schedulerName,
        QueueSort = plugins.Select(p => p.Plugin).OfType<IQueueSortPlugin>().First(),
        PreEnqueue = Of<IPreEnqueuePlugin>(plugins),
        PreFilter = Of<IPreFilterPlugin>(plugins),
        Filter = Of<IFilterPlugin>(plugins),
        PostFilter = Of<IPostFilterPlugin>(plugins),
        PreScore = Of<IPreScorePlugin>(plugins),
        Score = [.. plugins.Where(p => p.Plugin is IScorePlugin).Select(p => ((IScorePlugin)p.Plugin, p.Weight))],
        Reserve = Of<IReservePlugin>(plugins),
        Permit = Of<IPermitPlugin>(plugins),
        PreBind = Of<IPreBindPlugin>(plugins),
        Bind = Of<IBindPlugin>(plugins),
        PostBind = Of<IPostBindPlugin>(plugins),
        EnqueueExtensions = Of<IEnqueueExtension>(plugins),
    };

    private static List<T> Of<T>(IReadOnlyList<(IPlugin Plugin, int Weight)> plugins) => [.. plugins.Select(p => p.Plugin).OfType<T>()];
}
