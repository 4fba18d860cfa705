using System.Collections.Immutable;

namespace Sampan.Kubelet.Eviction;

/// <summary>The conditions under which the node is short of something. A condition stays for a while after its cause has passed.</summary>
internal sealed class NodePressure(TimeSpan transition, TimeProvider time)
{
    private ImmutableDictionary<string, long> _lastSeen = ImmutableDictionary<string, long>.Empty;

    /// <summary>Raised when a condition began or ended.</summary>
    public event Action? Changed;

    public bool Has(string condition) => _lastSeen.TryGetValue(condition, out var seen) && time.GetElapsedTime(seen) < transition;

    /// <summary>Notes the conditions that hold right now.</summary>
    public void Observe(IEnumerable<string> conditions)
    {
        var before = _lastSeen;
        var now = time.GetTimestamp();
        _lastSeen = before.Where(e => time.GetElapsedTime(e.Value, now) < transition).ToImmutableDictionary().SetItems(conditions.Distinct().Select(c => KeyValuePair.Create(c, now)));
        if (!before.Keys.ToHashSet().SetEquals(_lastSeen.Keys))
        {
            Changed?.Invoke();
        }
    }
}
