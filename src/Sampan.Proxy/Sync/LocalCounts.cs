using Sampan.Client.Metrics;
using Sampan.Proxy.Compile;
using Sampan.Proxy.Model;

namespace Sampan.Proxy.Sync;

/// <summary>Counts the Service ports whose policy Local finds no endpoint on this node while others have some.</summary>
internal sealed class LocalCounts
{
    private readonly Dictionary<ServiceKey, List<(IPFamily Family, string Policy)>> _without = [];
    private readonly Gauge _gauge;

    public LocalCounts(Gauge gauge, IEnumerable<IPFamily> families)
    {
        _gauge = gauge;
        foreach (var family in families) Add([(family, "internal"), (family, "external")], 0);
    }

    /// <summary>Takes all Services there are.</summary>
    public void Replace(IReadOnlyCollection<ServiceRules> all)
    {
        foreach (var before in _without.Values) Add(before, -1);
        _without.Clear();
        Change(all);
    }

    /// <summary>Takes the Services that changed.</summary>
    public void Change(IReadOnlyCollection<ServiceRules> changes)
    {
        foreach (var rules in changes)
        {
            if (_without.Remove(rules.Service, out var before)) Add(before, -1);
            var now = Without(rules);
            if (now.Count > 0) _without[rules.Service] = now;
            Add(now, 1);
        }
    }

    private static List<(IPFamily Family, string Policy)> Without(ServiceRules rules) =>
    [
        .. rules.Frontends.Where(rule => rule.Refusal == Refusal.Drop)
            .Select(rule => (rule.Frontend.Family, Policy: rule.Traffic == Traffic.Cluster ? "internal" : "external", rule.Owner))
            .Distinct().Select(port => (port.Family, port.Policy)),
    ];

    private void Add(List<(IPFamily Family, string Policy)> ports, int count)
    {
        foreach (var (family, policy) in ports) _gauge.With(family.SliceType(), policy).Add(count);
    }
}
