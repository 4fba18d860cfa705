using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.NodeLifecycle;

/// <summary>
/// Slows evictions down: when many nodes fail at once, the fault is more likely the network's than theirs.
/// <code>
///   zone mostly healthy → 1 node in 10 s;  large zone partly down → 1 in 100 s;  small zone partly down → none;
///   every zone down → none, and evictions begun are called off
/// </code>
/// </summary>
internal sealed class ZoneLimiter(NodeLifecycleOptions options, TimeProvider time, ZoneMetrics? metrics = null)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _nextEviction = [];
    private readonly Dictionary<string, (int Ready, int NotReady)> _zones = [];

    /// <summary>True when all nodes of all zones are down.</summary>
    public bool AllDown
    {
        get
        {
            lock (_lock) return _zones.Count > 0 && _zones.Values.All(z => z is { Ready: 0, NotReady: > 0 });
        }
    }

    /// <summary>Region and zone, by the labels of today or by the older ones; empty without them.</summary>
    public static string ZoneOf(Node node)
    {
        var labels = node.Metadata.Labels.OrEmpty();
        var region = labels.GetValueOrDefault("topology.kubernetes.io/region") ?? labels.GetValueOrDefault("failure-domain.beta.kubernetes.io/region");
        var zone = labels.GetValueOrDefault("topology.kubernetes.io/zone") ?? labels.GetValueOrDefault("failure-domain.beta.kubernetes.io/zone");
        return string.IsNullOrEmpty(region) && string.IsNullOrEmpty(zone) ? "" : $"{region}:\0:{zone}";
    }

    /// <summary>Keeps the numbers of healthy and unhealthy nodes in step with a change of one node.</summary>
    public void Note(Node? old, Node? current)
    {
        lock (_lock)
        {
            if (old is not null && Counts(old)) Add(old, -1);
            if (current is not null && Counts(current)) Add(current, 1);
        }
    }

    /// <summary>Asks for the zone's turn to start one more eviction.</summary>
    public bool TryTake(string zone)
    {
        lock (_lock)
        {
            var rate = RateOf(_zones.GetValueOrDefault(zone));
            var now = time.GetUtcNow();
            if (AllDown || rate <= 0 || _nextEviction.GetValueOrDefault(zone) > now) return false;
            _nextEviction[zone] = now + TimeSpan.FromSeconds(1 / rate);
            metrics?.Evicts(zone);
            return true;
        }
    }

    /// <summary>A node that has not said how it is says nothing of its zone; some come and go as they please.</summary>
    private static bool Counts(Node node) =>
        NodeTaints.Ready(node) is not null && node.Metadata.Labels?.ContainsKey("node.kubernetes.io/exclude-disruption") != true;

    private void Add(Node node, int number)
    {
        var (zone, isReady) = (ZoneOf(node), NodeTaints.Ready(node) == "True");
        var (ready, notReady) = _zones.GetValueOrDefault(zone);
        var next = isReady ? (ready + number, notReady) : (ready, notReady + number);
        metrics?.Set(zone, next.Item1, next.Item2);
        if (next is (0, 0)) _zones.Remove(zone);
        else _zones[zone] = next;
    }

    private double RateOf((int Ready, int NotReady) zone)
    {
        var total = zone.Ready + zone.NotReady;
        if (zone.Ready == 0 || zone.NotReady <= 2 || (double)zone.NotReady / total < options.UnhealthyZoneThreshold) return options.EvictionRate;
        return total > options.LargeClusterSize ? options.SecondaryEvictionRate : 0;
    }
}
