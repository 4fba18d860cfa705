namespace Sampan.Scheduler.Configuration;

/// <summary>The file of `--config`: kubescheduler.config.k8s.io/v1, KubeSchedulerConfiguration.</summary>
public sealed class KubeSchedulerConfiguration
{
    private const string QueueSortDiffers = "queueSort must be the same for all profiles";

    public const string GroupVersion = "kubescheduler.config.k8s.io/v1";

    public string ApiVersion { get; set; } = GroupVersion;
    public string Kind { get; set; } = nameof(KubeSchedulerConfiguration);

    /// <summary>How many nodes are looked at side by side.</summary>
    public int Parallelism { get; set; } = 16;

    public LeaderElectionConfiguration LeaderElection { get; set; } = new();
    public ClientConnectionConfiguration ClientConnection { get; set; } = new();

    /// <summary>The share of feasible nodes at which the search ends; 0: it falls with the cluster's size.</summary>
    public int PercentageOfNodesToScore { get; set; }

    public long PodInitialBackoffSeconds { get; set; } = 1;
    public long PodMaxBackoffSeconds { get; set; } = 10;
    public List<KubeSchedulerProfile> Profiles { get; set; } = [];
    public List<ExtenderConfiguration> Extenders { get; set; } = [];
    public bool DelayCacheUntilActive { get; set; }
    public bool EnableProfiling { get; set; } = true;
    public bool EnableContentionProfiling { get; set; } = true;

    /// <summary>One profile of the default name when none is given; the only profile takes the default name.</summary>
    internal void SetDefaults()
    {
        LeaderElection.SetDefaults();
        if (Profiles.Count == 0) Profiles.Add(new());
        if (Profiles is [var only]) only.SchedulerName ??= Framework.Profile.DefaultSchedulerName;
        foreach (var profile in Profiles) profile.SetDefaults();
    }

    internal void Validate(FieldErrors errors)
    {
        ClientConnection.Validate(FieldPath.Of("clientConnection"), errors);
        LeaderElection.Validate(FieldPath.Of("leaderElection"), errors);
        if (Parallelism <= 0) errors.Invalid(FieldPath.Of("parallelism"), Parallelism, "should be an integer value greater than zero");
        ValidateProfiles(FieldPath.Of("profiles"), errors);
        ValidatePercentage(FieldPath.Of("percentageOfNodesToScore"), PercentageOfNodesToScore, errors);
        if (PodInitialBackoffSeconds <= 0) errors.Invalid(FieldPath.Of("podInitialBackoffSeconds"), PodInitialBackoffSeconds, "must be greater than 0");
        if (PodMaxBackoffSeconds < PodInitialBackoffSeconds)
        {
            errors.Invalid(FieldPath.Of("podMaxBackoffSeconds"), PodMaxBackoffSeconds, "must be greater than or equal to PodInitialBackoffSeconds");
        }
        ExtenderConfiguration.Validate(Extenders, FieldPath.Of("extenders"), errors);
    }

    internal static void ValidatePercentage(FieldPath path, int? value, FieldErrors errors)
    {
        if (value is < 0 or > 100) errors.Invalid(path, value, "not in valid range [0-100]");
    }

    private void ValidateProfiles(FieldPath path, FieldErrors errors)
    {
        var seen = new Dictionary<string, int>();
        for (var i = 0; i < Profiles.Count; i++)
        {
            var name = Profiles[i].SchedulerName ?? "";
            Profiles[i].Validate(path.Index(i), errors);
            if (seen.TryGetValue(name, out var first)) errors.Duplicate(path.Index(i).Child("schedulerName"), path.Index(first).Child("schedulerName").ToString());
            seen[name] = i;
        }
        ValidateCommonQueueSort(path, errors);
    }

    // One queue serves all profiles, so they must agree on its order.
    private void ValidateCommonQueueSort(FieldPath path, FieldErrors errors)
    {
        var first = Profiles[0].Plugins.QueueSort;
        if (first.Enabled.Count > 1) errors.Invalid(path.Index(0).Child("plugins", "queueSort", "Enabled"), first.Enabled.Count, "only one queue sort plugin can be enabled");
        for (var i = 1; i < Profiles.Count; i++)
        {
            var other = Profiles[i].Plugins.QueueSort;
            if (!first.Enabled.SequenceEqual(other.Enabled) || !first.Disabled.SequenceEqual(other.Disabled))
            {
                errors.Invalid(path.Index(i).Child("plugins", "queueSort"), string.Join(' ', other.Enabled.Select(p => p.Name)), QueueSortDiffers);
            }
            if (first.Enabled is not [var sort, ..] || Profiles[i].PluginConfig.Find(c => c.Name == sort.Name)?.Args?.ToString() is not { } args) continue;
            if (args != Profiles[0].PluginConfig.Find(c => c.Name == sort.Name)?.Args?.ToString()) errors.Invalid(path.Index(i).Child("pluginConfig", "args"), args, QueueSortDiffers);
        }
    }
}
