using System.Net;
using Sampan.Api;

namespace Sampan.Proxy.Policies;

/// <summary>
/// Who has which address. While a pod that ended is still listed beside the one that got its address next, the younger one
/// counts.
/// </summary>
internal sealed class PodAddresses
{
    private readonly Dictionary<ObjectKey, PodView> _pods = [];
    private readonly Dictionary<IPAddress, List<PodView>> _claims = [];

    public IEnumerable<IPAddress> All => _claims.Keys;

    public PodView? Owner(IPAddress address) =>
        _claims.TryGetValue(address, out var pods) ? pods.MaxBy(p => p.Age, StringComparer.Ordinal) : null;

    public IEnumerable<IPAddress> InNamespace(string ns) => _pods.Values.Where(p => p.Key.Namespace == ns).SelectMany(p => p.Addresses);

    /// <summary>Takes a pod as it is now, and returns the addresses that this concerns.</summary>
    public IEnumerable<IPAddress> Set(ObjectKey key, PodView? pod)
    {
        var before = _pods.GetValueOrDefault(key);
        foreach (var address in before?.Addresses ?? [])
        {
            _claims[address].Remove(before!);
            if (_claims[address].Count == 0) _claims.Remove(address);
        }

        if (pod is null) _pods.Remove(key);
        else _pods[key] = pod;
        foreach (var address in pod?.Addresses ?? [])
        {
            if (!_claims.TryGetValue(address, out var pods)) _claims[address] = pods = [];
            pods.Add(pod!);
        }

        return (before?.Addresses ?? []).Union(pod?.Addresses ?? []);
    }
}
