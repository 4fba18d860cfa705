namespace Sampan.Client.LeaderElection;

/// <summary>Which lease to hold, as whom, and with upstream's default timings.</summary>
public sealed record LeaderElectionOptions(string LeaseName, string Identity)
{
    public string Namespace { get; init; } = "kube-system";

    /// <summary>Others wait this long after the last renewal that they saw before they take over.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The leader gives up when it could not renew for this long.</summary>
    public TimeSpan RenewDeadline { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan RetryPeriod { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Give the lease back on a clean stop, so that the next one need not wait.</summary>
    public bool ReleaseOnStop { get; init; } = true;

    /// <summary>A name for this process: host and a random part, as upstream makes it.</summary>
    public static string NewIdentity() => $"{Environment.MachineName}_{Guid.NewGuid()}";
}
