using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.LegacyEndpoints;

/// <summary>
/// A Service's addresses: ports that the same pods have make a subset with those pods, in a canonical order, kept up pod by pod.
/// <code>
/// pod 10.1 → http 80, metrics 9000      subsets: [10.1, 10.2, 10.3] × [http 80]
/// pod 10.2 → http 80, metrics 9000               [10.1, 10.2]       × [metrics 9000]
/// pod 10.3 → http 80
/// </code>
/// </summary>
internal sealed class EndpointSubsets(Service service)
{
    private const int MaxAddresses = 1000;
    private readonly Dictionary<string, EndpointEntry> _entries = [];
    private readonly SortedDictionary<string, (SortedSet<EndpointEntry> Ready, SortedSet<EndpointEntry> NotReady)> _groups = new(StringComparer.Ordinal);

    /// <summary>False when the Service is another one since these were collected.</summary>
    public bool AreOf(Service now) => ReferenceEquals(service, now);

    public void Put(Pod pod)
    {
        Remove(pod.Metadata.Name);
        if (EndpointEntry.Of(pod, service) is not { } entry) return;
        _entries[pod.Metadata.Name] = entry;
        if (!_groups.TryGetValue(entry.PortKey, out var group)) _groups[entry.PortKey] = group = ([], []);
        (entry.IsReady ? group.Ready : group.NotReady).Add(entry);
    }

    public void Remove(string pod)
    {
        if (!_entries.Remove(pod, out var entry)) return;
        var (ready, waiting) = _groups[entry.PortKey];
        (entry.IsReady ? ready : waiting).Remove(entry);
        if (ready.Count + waiting.Count == 0) _groups.Remove(entry.PortKey);
    }

    /// <summary>
    /// The subsets, and whether addresses had to be left out: first those that are not ready, each subset in proportion to its size.
    /// </summary>
    public (List<EndpointSubset> Subsets, bool IsTruncated) Build()
    {
        var shared = Shared();
        var (ready, waiting) = (shared.Sum(s => s.Ready.Count), shared.Sum(s => s.NotReady.Count));
        var readyLeft = new Allowance(ready, MaxAddresses);
        var waitingLeft = new Allowance(waiting, MaxAddresses - Math.Min(ready, MaxAddresses));
        var subsets = new List<EndpointSubset>();
        foreach (var (ports, some, others) in shared)
        {
            var subset = new EndpointSubset { Addresses = readyLeft.Take(some), NotReadyAddresses = waitingLeft.Take(others), Ports = ports.Count > 0 ? ports : null };
            if (subset.Addresses is not null || subset.NotReadyAddresses is not null) subsets.Add(subset);
        }

        return (subsets, ready + waiting > MaxAddresses);
    }

    /// <summary>The ports, those that the same pods have together, each with all pods that have it.</summary>
    private List<(List<EndpointPort> Ports, IReadOnlyCollection<EndpointEntry> Ready, IReadOnlyCollection<EndpointEntry> NotReady)> Shared()
    {
        if (_groups.Count < 2) return [.. _groups.Values.Select(g => (Ports: PortsOf(g.Ready, g.NotReady), (IReadOnlyCollection<EndpointEntry>)g.Ready, (IReadOnlyCollection<EndpointEntry>)g.NotReady))];
        var groupsOf = new SortedDictionary<string, (EndpointPort Port, List<string> Groups)>(StringComparer.Ordinal);
        foreach (var (key, (ready, waiting)) in _groups)
        {
            foreach (var port in PortsOf(ready, waiting))
            {
                var name = EndpointEntry.KeyOf(port);
                if (!groupsOf.TryGetValue(name, out var known)) groupsOf[name] = known = (port, []);
                known.Groups.Add(key);
            }
        }

        return [.. groupsOf.Values.GroupBy(p => string.Join(' ', p.Groups)).Select(same => (
            same.Select(p => p.Port).ToList(),
            (IReadOnlyCollection<EndpointEntry>)same.First().Groups.SelectMany(g => _groups[g].Ready).Order().ToList(),
            (IReadOnlyCollection<EndpointEntry>)same.First().Groups.SelectMany(g => _groups[g].NotReady).Order().ToList()))];
    }

    private static List<EndpointPort> PortsOf(SortedSet<EndpointEntry> ready, SortedSet<EndpointEntry> waiting) => (ready.Min ?? waiting.Min!).Ports;

    /// <summary>How many addresses may still be shown of all that there are.</summary>
    private sealed class Allowance(int total, int most)
    {
        private int _left = Math.Min(total, most);

        public List<EndpointAddress>? Take(IReadOnlyCollection<EndpointEntry> entries)
        {
            var share = total <= most ? entries.Count : Math.Min(_left, (int)Math.Ceiling((double)entries.Count / total * most));
            _left -= share;
            return share == 0 ? null : [.. entries.Take(share).Select(e => e.Address)];
        }
    }
}
