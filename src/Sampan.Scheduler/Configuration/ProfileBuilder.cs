using Sampan.Scheduler.Extenders;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Plugins;

namespace Sampan.Scheduler.Configuration;

/// <summary>
/// Makes the plugins of a profile and puts them to their extension points. A plugin named for one point goes before those
/// that take part everywhere (multiPoint) if it is one of them, else after them.
/// </summary>
internal sealed class ProfileBuilder
{
    private readonly KubeSchedulerProfile _profile;
    private readonly PluginRegistry _registry;
    private readonly IReadOnlyList<HttpExtender> _extenders;
    private readonly Dictionary<string, IPlugin> _plugins = [];
    private readonly List<PluginReference> _everywhere;

    public ProfileBuilder(KubeSchedulerProfile profile, PluginRegistry registry, IReadOnlyList<HttpExtender> extenders)
    {
        (_profile, _registry, _extenders) = (profile, registry, extenders);
        _everywhere = Merge(profile.Plugins.MultiPoint);
    }

    /// <exception cref="ConfigurationException">A plugin is not known, or can't do what it is named for.</exception>
    public Profile Build(int? percentageOfNodesToScore)
    {
        var sets = _profile.Plugins;
        foreach (var plugin in _everywhere) _ = Find(plugin.Name, "MultiPoint");
        var profile = new Profile
        {
            SchedulerName = _profile.SchedulerName!,
            QueueSort = TheOnly(Of<IQueueSortPlugin>("QueueSort", sets.QueueSort)),
            PreEnqueue = Of<IPreEnqueuePlugin>("PreEnqueue", sets.PreEnqueue),
            PreFilter = Of<IPreFilterPlugin>("PreFilter", sets.PreFilter),
            Filter = Of<IFilterPlugin>("Filter", sets.Filter),
            PostFilter = Of<IPostFilterPlugin>("PostFilter", sets.PostFilter),
            PreScore = Of<IPreScorePlugin>("PreScore", sets.PreScore),
            Score = [.. References<IScorePlugin>("Score", sets.Score).Select(r => (r.Plugin, r.Weight))],
            Reserve = Of<IReservePlugin>("Reserve", sets.Reserve),
            Permit = Of<IPermitPlugin>("Permit", sets.Permit),
            PreBind = Of<IPreBindPlugin>("PreBind", sets.PreBind),
            Bind = Of<IBindPlugin>("Bind", sets.Bind),
            PostBind = Of<IPostBindPlugin>("PostBind", sets.PostBind),
            EnqueueExtensions = [.. _plugins.Values.OfType<IEnqueueExtension>()],
            Extenders = _extenders,
            PercentageOfNodesToScore = _profile.PercentageOfNodesToScore ?? percentageOfNodesToScore,
        };
        return profile.Bind.Count > 0 ? profile
            : throw new ConfigurationException($"at least one bind plugin is needed for profile with scheduler name \"{_profile.SchedulerName}\"");
    }

    private IQueueSortPlugin TheOnly(List<IQueueSortPlugin> sorts) => sorts.Count == 1 ? sorts[0]
        : throw new ConfigurationException($"only one queue sort plugin required for profile with scheduler name \"{_profile.SchedulerName}\", but got {sorts.Count}");

    // The defaults in their order, as the configuration changes them, then what it adds.
    private static List<PluginReference> Merge(PluginSet changes)
    {
        var merged = new List<PluginReference>();
        foreach (var (name, weight, _) in DefaultPlugins.All)
        {
            if (changes.Disables(name)) continue;
            merged.Add(changes.Enabled.Find(plugin => plugin.Name == name) is { } changed ? changed with { Weight = changed.Weight is > 0 ? changed.Weight : weight } : new(name, weight));
        }
        merged.AddRange(changes.Enabled.Where(plugin => !merged.Exists(known => known.Name == plugin.Name)));
        return merged;
    }

    private List<T> Of<T>(string point, PluginSet set) where T : class, IPlugin => [.. References<T>(point, set).Select(r => r.Plugin)];

    private List<(T Plugin, int Weight)> References<T>(string point, PluginSet set) where T : class, IPlugin
    {
        var named = new List<(string Name, T Plugin, int Weight)>();
        foreach (var reference in set.Enabled)
        {
            var plugin = Find(reference.Name, point) as T ?? throw new ConfigurationException($"plugin \"{reference.Name}\" does not extend {point} plugin");
            if (named.Exists(known => known.Name == reference.Name)) throw new ConfigurationException($"plugin \"{reference.Name}\" already registered as \"{point}\"");
            named.Add((reference.Name, plugin, WeightOf(reference)));
        }
        var others = _everywhere.Where(plugin => !set.Disables(plugin.Name) && !named.Exists(known => known.Name == plugin.Name))
            .Select(plugin => (Plugin: Find(plugin.Name, point) as T, Weight: WeightOf(plugin)))
            .Where(p => p.Plugin is not null).Select(p => (p.Plugin!, p.Weight));
        var first = named.FindAll(plugin => _everywhere.Exists(known => known.Name == plugin.Name));
        return [.. first.Select(p => (p.Plugin, p.Weight)), .. others, .. named.Except(first).Select(p => (p.Plugin, p.Weight))];
    }

    private int WeightOf(PluginReference reference)
    {
        if (reference.Weight is > 0) return reference.Weight.Value;
        return _everywhere.Find(plugin => plugin.Name == reference.Name)?.Weight is > 0 and var weight ? weight : 1;
    }

    private IPlugin Find(string name, string point)
    {
        if (_plugins.TryGetValue(name, out var plugin)) return plugin;
        plugin = _registry.Create(name, ConfigOf(name)) ?? throw new ConfigurationException($"{point} plugin \"{name}\" does not exist");
        if (plugin is DefaultPreemption preemption) preemption.Extenders = [.. _extenders.Where(extender => extender.CanPreempt)];
        return _plugins[name] = plugin;
    }

    // What an extender looks after, the scheduler need not check.
    private PluginConfig ConfigOf(string name)
    {
        var config = _profile.PluginConfig.Find(c => c.Name == name) ?? new PluginConfig { Name = name };
        if (name != nameof(NodeResourcesFit)) return config;
        var args = config.Known as NodeResourcesFitArgs ?? new();
        args.IgnoredResources.AddRange(_extenders.SelectMany(extender => extender.IgnoredResources));
        config.Known = args;
        return config;
    }
}
