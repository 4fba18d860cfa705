namespace Sampan.Scheduler.Configuration;

/// <summary>One scheduler name with its plugins and their arguments.</summary>
public sealed class KubeSchedulerProfile
{
    // Plugins that earlier versions of the configuration knew.
    private static readonly HashSet<string> Removed = ["AzureDiskLimits", "CinderLimits", "EBSLimits", "GCEPDLimits"];

    /// <summary>What pods name in spec.schedulerName. May be left out when there is only one profile.</summary>
    public string? SchedulerName { get; set; }

    /// <summary>Wins over the configuration's own.</summary>
    public int? PercentageOfNodesToScore { get; set; }

    public PluginSets Plugins { get; set; } = new();
    public List<PluginConfig> PluginConfig { get; set; } = [];

    /// <summary>Puts the default plugins into multiPoint, as the profile changes them, and names those that take arguments.</summary>
    internal void SetDefaults()
    {
        Plugins.MultiPoint = DefaultPlugins.Merge(Plugins.MultiPoint);
        var enabled = Plugins.ByPoint().Select(point => point.Set).Append(Plugins.MultiPoint).SelectMany(set => set.Enabled).Select(plugin => plugin.Name);
        foreach (var name in enabled.Distinct().Order(StringComparer.Ordinal).Where(ConfigurationReader.TakesArguments))
        {
            if (!PluginConfig.Exists(config => config.Name == name)) PluginConfig.Add(new() { Name = name });
        }
    }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (string.IsNullOrEmpty(SchedulerName)) errors.Required(path.Child("schedulerName"));
        KubeSchedulerConfiguration.ValidatePercentage(path.Child("percentageOfNodesToScore"), PercentageOfNodesToScore, errors);
        foreach (var (point, set) in Plugins.ByPoint())
        {
            for (var i = 0; i < set.Enabled.Count; i++) ValidateName(path.Child("plugins", point, "enabled").Index(i), set.Enabled[i].Name, errors);
        }
        var seen = new HashSet<string>();
        for (var i = 0; i < PluginConfig.Count; i++)
        {
            var (config, at) = (PluginConfig[i], path.Child("pluginConfig").Index(i));
            if (!seen.Add(config.Name)) errors.Duplicate(at, config.Name);
            ValidateName(at, config.Name, errors);
            config.Known?.Validate(at.Child("args"), errors);
        }
    }

    private static void ValidateName(FieldPath path, string name, FieldErrors errors)
    {
        if (!Removed.Contains(name)) return;
        errors.Invalid(path, name, $"was invalid in version \"v1\" (KubeSchedulerConfiguration is version \"{KubeSchedulerConfiguration.GroupVersion}\")");
    }
}
