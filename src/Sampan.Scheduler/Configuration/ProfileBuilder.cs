using Sampan.Scheduler.Extenders;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Plugins;

namespace Sampan.Scheduler.Configuration;

/// <summary>
/// Makes the plugins of a profile and puts them to their extension points. A plugin named for one point goes before those
/// that take part everywhere (multiPoint) if it is one of them, else after them.
/// </summary>
internal sealed class ProfileBuilder(KubeSchedulerProfile profile, PluginRegistry registry, IReadOnlyList<HttpExtender> extenders)
{
    private readonly Dictionary<string, IPlugin> _plugins = [];

    /// <exception cref="ConfigurationException">A plugin is not known, or can't do what it is named for.</exception>
    public Profile Build(int percentageOfNodesToScore)
    {
        try
        {
            return Build(profile.Plugins, profile.PercentageOfNodesToScore ?? percentageOfNodesToScore);
        }
        catch (ConfigurationException e)
        {
            throw new ConfigurationException($"initializing profiles: creating profile for scheduler name {profile.SchedulerName}: {e.Message}", e);
        }
    }

    private Profile Build(PluginSets sets, int percentageOfNodesToScore)
    {
        var made = new Profile
        {
            SchedulerName = profile.SchedulerName!,
            PreFilter = Of<IPreFilterPlugin>(sets.PreFilter),
            Filter = Of<IFilterPlugin>(sets.Filter),
            PostFilter = Of<IPostFilterPlugin>(sets.PostFilter),
            PreScore = Of<IPreScorePlugin>(sets.PreScore),
            Score = [.. References<IScorePlugin>(sets.Score)],
            Reserve = Of<IReservePlugin>(sets.Reserve),
            Permit = Of<IPermitPlugin>(sets.Permit),
            PreBind = Of<IPreBindPlugin>(sets.PreBind),
            Bind = Of<IBindPlugin>(sets.Bind),
            PostBind = Of<IPostBindPlugin>(sets.PostBind),
            PreEnqueue = Of<IPreEnqueuePlugin>(sets.PreEnqueue),
            QueueSort = TheOnly(Of<IQueueSortPlugin>(sets.QueueSort)),
            EnqueueExtensions = [.. _plugins.Values.OfType<IEnqueueExtension>()],
            Extenders = extenders,
            PercentageOfNodesToScore = percentageOfNodesToScore,
        };
        return made.Bind.Count > 0 ? made
            : throw new ConfigurationException($"at least one bind plugin is needed for profile with scheduler name \"{profile.SchedulerName}\"");
    }

    private IQueueSortPlugin TheOnly(List<IQueueSortPlugin> sorts) => sorts.Count == 1 ? sorts[0]
        : throw new ConfigurationException($"only one queue sort plugin required for profile with scheduler name \"{profile.SchedulerName}\", but got {sorts.Count}");

    private List<T> Of<T>(PluginSet set) where T : class, IPlugin => [.. References<T>(set).Select(r => r.Plugin)];

    private List<(T Plugin, int Weight)> References<T>(PluginSet set) where T : class, IPlugin
    {
        var point = typeof(T).Name[1..];
        var named = set.Enabled.ConvertAll(reference => (reference.Name, Plugin: Named<T>(reference.Name, point), Weight: WeightOf(reference)));
        var everywhere = profile.Plugins.MultiPoint.Enabled.Where(plugin => Find(plugin.Name, point) is T && !set.Disables(plugin.Name)).ToList();
        var first = named.FindAll(plugin => everywhere.Exists(known => known.Name == plugin.Name));
        var others = everywhere.FindAll(plugin => !named.Exists(known => known.Name == plugin.Name));
        ThrowIfRepeated(named.ConvertAll(plugin => plugin.Name), point);
        ThrowIfRepeated(others.ConvertAll(plugin => plugin.Name), point);
        return
        [
            .. first.Select(p => (p.Plugin, p.Weight)),
            .. others.Select(p => ((T)Find(p.Name, point), WeightOf(p))),
            .. named.Except(first).Select(p => (p.Plugin, p.Weight)),
        ];
    }

    private T Named<T>(string name, string point) where T : class, IPlugin =>
        Find(name, point) as T ?? throw new ConfigurationException($"plugin \"{name}\" does not extend {point} plugin");

    private static void ThrowIfRepeated(List<string> names, string point)
    {
        if (names.Find(name => names.FindIndex(n => n == name) != names.FindLastIndex(n => n == name)) is { } twice) throw new ConfigurationException($"plugin \"{twice}\" already registered as \"{point}\"");
    }

    private static int WeightOf(PluginReference reference) => reference.Weight is > 0 and var weight ? weight : 1;

    private IPlugin Find(string name, string point)
    {
        if (_plugins.TryGetValue(name, out var plugin)) return plugin;
        plugin = Create(name) ?? throw new ConfigurationException($"{point} \"{name}\" does not exist");
        if (plugin is DefaultPreemption preemption) preemption.Extenders = [.. extenders.Where(extender => extender.CanPreempt)];
        return _plugins[name] = plugin;
    }

    private IPlugin? Create(string name)
    {
        try
        {
            return registry.Create(name, ConfigOf(name));
        }
        catch (Exception e)
        {
            throw new ConfigurationException($"initializing plugin \"{name}\": {e.Message}", e);
        }
    }

    // What an extender looks after, the scheduler need not check.
    private PluginConfig ConfigOf(string name)
    {
        var config = profile.PluginConfig.Find(c => c.Name == name) ?? new PluginConfig { Name = name };
        if (config.Known is not NodeResourcesFitArgs args) return config;
        var known = new NodeResourcesFitArgs
        {
            IgnoredResources = [.. args.IgnoredResources, .. extenders.SelectMany(extender => extender.IgnoredResources)],
            IgnoredResourceGroups = args.IgnoredResourceGroups,
            ScoringStrategy = args.ScoringStrategy,
        };
        return new() { Name = name, Args = config.Args, Known = known };
    }
}
