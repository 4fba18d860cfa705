using System.Net;
using Sampan.Proxy.Model;
using Sampan.Proxy.Rules;

namespace Sampan.Proxy.Policies;

/// <summary>A set of the kernel that follows the pods, and what it holds now.</summary>
/// <param name="Name">The set's name in the tables.</param>
/// <param name="Spec">The set's specification in a family.</param>
/// <param name="ElementsOf">What a pod at an address puts into the set; the labels are those of its namespace.</param>
internal sealed record PodSet(
    string Name, Func<IPFamily, string> Spec, Func<PodView, IReadOnlyDictionary<string, string>, IPAddress, IEnumerable<string>> ElementsOf)
{
    private readonly Dictionary<IPAddress, HashSet<Element>> _elements = [];

    /// <summary>How many rules look into the set.</summary>
    public int Uses { get; set; }

    public static PodSet Of(PeerSelector selector) => new(
        PolicyNames.Peers(selector),
        family => $"type {family.AddressType()};",
        (pod, labels, address) => selector.Matches(pod, labels) ? [$"{address}"] : []);

    public static PodSet Of(PolicyPort port) => new(
        PolicyNames.Port(port),
        family => $"type {family.AddressType()} . inet_service;",
        (pod, _, address) => pod.Ports
            .Where(p => p.Name == port.PortName && p.Protocol == port.Protocol)
            .Select(p => $"{address} . {p.Number}"));

    /// <summary>Follows a change of the pod at an address; null when there is none any more.</summary>
    public void Update(IPAddress address, PodView? pod, IReadOnlyDictionary<string, string> namespaceLabels, RuleDiff diff)
    {
        HashSet<Element> wanted = pod is null ? [] :
            [.. ElementsOf(pod, namespaceLabels, address).Select(key => new Element(IPFamilies.Of(address), Name, key))];
        var known = _elements.GetValueOrDefault(address) ?? [];
        if (wanted.Count == 0 && known.Count == 0) return;
        diff.RemovedElements.AddRange(known.Except(wanted));
        diff.AddedElements.AddRange(wanted.Except(known));
        if (wanted.Count == 0) _elements.Remove(address);
        else _elements[address] = wanted;
    }
}
