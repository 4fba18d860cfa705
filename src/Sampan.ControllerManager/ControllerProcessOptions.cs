using Sampan.Client.LeaderElection;
using Sampan.Client.Metrics;

namespace Sampan.ControllerManager;

/// <summary>What every process of controllers is started with.</summary>
public abstract record ControllerProcessOptions
{
    /// <summary>The API server, over HTTP or in memory. The one who made the client disposes it.</summary>
    public required ApiClient Client { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public required ILoggerFactory Logs { get; init; }

    /// <summary>Upstream's notation: <c>*</c> for all that are on by default, <c>name</c> to add, <c>-name</c> to leave out.</summary>
    public IReadOnlyList<string> Controllers { get; init; } = ["*"];

    /// <summary>Null runs without election, as the only manager.</summary>
    public LeaderElectionOptions? LeaderElection { get; init; }

    /// <summary>Where the process counts what it does.</summary>
    public MetricRegistry Metrics { get; init; } = new();

    /// <summary>Where a manager of its own process serves health and metrics.</summary>
    public HealthServerOptions? Health { get; init; }
}
