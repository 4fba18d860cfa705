using System.CommandLine;
using Sampan.ControllerManager.NodeLifecycle;

namespace Sampan.Commands;

/// <summary>When nodes count as lost, and how fast their pods are evicted, under upstream's flag names.</summary>
internal sealed class NodeLifecycleFlags
{
    private static readonly NodeLifecycleOptions Standard = new();
    private readonly DurationFlag _period = new("--node-monitor-period", Standard.MonitorPeriod, "How often each node is looked at.");
    private readonly DurationFlag _grace = new("--node-monitor-grace-period", Standard.MonitorGracePeriod, "A node without a sign of life for this long is unknown.");
    private readonly DurationFlag _startup = new("--node-startup-grace-period", Standard.StartupGracePeriod, "The same for a node that never reported.");
    private readonly Option<double> _rate = new("--node-eviction-rate") { Description = "Nodes a second whose pods begin to be evicted, per zone.", DefaultValueFactory = _ => Standard.EvictionRate };
    private readonly Option<double> _secondary = new("--secondary-node-eviction-rate") { Description = "The rate in a large zone of which much is down.", DefaultValueFactory = _ => Standard.SecondaryEvictionRate };
    private readonly Option<double> _threshold = new("--unhealthy-zone-threshold") { Description = "From this share of unhealthy nodes on a zone counts as partly disrupted.", DefaultValueFactory = _ => Standard.UnhealthyZoneThreshold };
    private readonly Option<int> _large = new("--large-cluster-size-threshold") { Description = "Zones up to this size are not evicted at all when partly disrupted.", DefaultValueFactory = _ => Standard.LargeClusterSize };

    public void AddTo(Command command)
    {
        Option[] all = [_period.Option, _grace.Option, _startup.Option, _rate, _secondary, _threshold, _large];
        foreach (var option in all) command.Options.Add(option);
    }

    public NodeLifecycleOptions Options(ParseResult result) => new()
    {
        MonitorPeriod = _period.Value(result),
        MonitorGracePeriod = _grace.Value(result),
        StartupGracePeriod = _startup.Value(result),
        EvictionRate = result.GetValue(_rate),
        SecondaryEvictionRate = result.GetValue(_secondary),
        UnhealthyZoneThreshold = result.GetValue(_threshold),
        LargeClusterSize = result.GetValue(_large),
    };
}
