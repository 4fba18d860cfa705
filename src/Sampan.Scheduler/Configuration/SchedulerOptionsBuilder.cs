using Sampan.Client.LeaderElection;
using Sampan.Scheduler.Extenders;
using Sampan.Scheduler.Queue;

namespace Sampan.Scheduler.Configuration;

/// <summary>Turns a configuration into what the scheduler runs with.</summary>
public static class SchedulerOptionsBuilder
{
    /// <param name="configuration">As <see cref="ConfigurationReader"/> gives it.</param>
    /// <param name="registry">Null: upstream's plugins only.</param>
    /// <exception cref="ConfigurationException">A plugin is not known, or can't do what it is named for.</exception>
    public static SchedulerOptions ToOptions(this KubeSchedulerConfiguration configuration, PluginRegistry? registry = null)
    {
        var extenders = configuration.Extenders.OrderBy(extender => extender.Ignorable).Select(extender => new HttpExtender(extender)).ToList();
        return new SchedulerOptions
        {
            Profiles = configuration.Profiles.ConvertAll(profile => new ProfileBuilder(profile, registry ?? new(), extenders).Build(configuration.PercentageOfNodesToScore)),
            Queue = new QueueOptions
            {
                InitialBackoff = TimeSpan.FromSeconds(configuration.PodInitialBackoffSeconds),
                MaxBackoff = TimeSpan.FromSeconds(configuration.PodMaxBackoffSeconds),
            },
            LeaderElection = Election(configuration.LeaderElection),
        };
    }

    private static LeaderElectionOptions? Election(LeaderElectionConfiguration election) => !election.LeaderElect ? null
        : new LeaderElectionOptions(election.ResourceName, LeaderElectionOptions.NewIdentity())
        {
            Namespace = election.ResourceNamespace,
            LeaseDuration = election.LeaseDuration,
            RenewDeadline = election.RenewDeadline,
            RetryPeriod = election.RetryPeriod,
        };
}
