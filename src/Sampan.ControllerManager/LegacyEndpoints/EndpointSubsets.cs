using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.LegacyEndpoints;

/// <summary>
/// A Service's addresses, grouped by the ports that they have in common, in a canonical order, and kept up pod by pod.
/// <code>
/// pod 10.1 → http 80, metrics 9000      subsets: [10.1, 10.2] × [http 80, metrics 9000]
/// pod 10.2 → http 80, metrics 9000               [10.3]       × [http 8080]
/// pod 10.3 → http 8080
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
        var ready = _groups.Values.Sum(g => g.Ready.Count);
        var waiting = _entries.Count - ready;
        var readyLeft = new Allowance(ready, MaxAddresses);
        var waitingLeft = new Allowance(waiting, MaxAddresses - Math.Min(ready, MaxAddresses));
        var subsets = new List<EndpointSubset>();
        foreach (var group in _groups.Values)
        {
            var (some, others) = (readyLeft.Take(group.Ready), waitingLeft.Take(group.NotReady));
            if (some is null && others is null) continue;
            var ports = group.Ready.Concat(group.NotReady).First().Ports;
            subsets.Add(new EndpointSubset { Addresses = some, NotReadyAddresses = others, Ports = ports.Count > 0 ? ports : null });
        }

        return (subsets, ready + waiting > MaxAddresses);
    }

    /// <summary>How many addresses may still be shown of all that there are.</summary>
    private sealed class Allowance(int total, int most)
    {
        private int _left = Math.Min(total, most);

        public List<EndpointAddress>? Take(SortedSet<EndpointEntry> entries)
        {
            var share = total <= most ? entries.Count : Math.Min(_left, (int)Math.Ceiling((double)entries.Count / total * most));
            _left -= share;
            return share == 0 ? null : [.. entries.Take(share).Select(e => e.Address)];
        }
    }
}
