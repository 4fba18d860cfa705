using Sampan.Api.FlowControl.V1;

namespace Sampan.ApiServer.Registry.FlowControl;

/// <summary>The priority levels that every cluster has. Upstream: apiserver/pkg/apis/flowcontrol/bootstrap/default.go.</summary>
internal static class BootstrapPriorityLevels
{
    /// <summary>Levels that flow control cannot do without; their specs are fixed.</summary>
    public static IReadOnlyList<PriorityLevelConfiguration> Mandatory { get; } =
    [
        New("exempt", new() { Type = "Exempt", Exempt = new() { NominalConcurrencyShares = 0, LendablePercent = 0 } }),
        New("catch-all", Limited(5, 0, null)),
    ];

    /// <summary>Levels that a cluster starts with; administrators may change them.</summary>
    public static IReadOnlyList<PriorityLevelConfiguration> Suggested { get; } =
    [
        New("system", Limited(30, 33, 64)),
        New("node-high", Limited(40, 25, 64)),
        New("leader-election", Limited(10, 0, 16, 4)),
        New("workload-high", Limited(40, 50, 128)),
        New("workload-low", Limited(100, 90, 128)),
        New("global-default", Limited(20, 50, 128)),
    ];

    public static PriorityLevelConfiguration? FindMandatory(string name) => Mandatory.FirstOrDefault(one => one.Metadata.Name == name);

    private static PriorityLevelConfiguration New(string name, PriorityLevelConfigurationSpec spec) => new() { Metadata = new() { Name = name }, Spec = spec };

    private static PriorityLevelConfigurationSpec Limited(int shares, int lendable, int? queues, int hand = 6) => new()
    {
        Type = "Limited",
        Limited = new()
        {
            NominalConcurrencyShares = shares,
            LendablePercent = lendable,
            LimitResponse = queues is { } count
                ? new() { Type = "Queue", Queuing = new() { Queues = count, HandSize = hand, QueueLengthLimit = 50 } }
                : new() { Type = "Reject" },
        },
    };
}
