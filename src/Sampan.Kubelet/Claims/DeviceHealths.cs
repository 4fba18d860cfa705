using System.Collections.Immutable;

namespace Sampan.Kubelet.Claims;

/// <summary>What drivers say of their devices; what they have not repeated for too long is not known. Upstream: healthInfoCache.</summary>
internal sealed class DeviceHealths(TimeProvider time)
{
    private readonly Lock _lock = new();
    private ImmutableDictionary<string, ImmutableDictionary<(string Pool, string Device), DeviceHealth>> _drivers =
        ImmutableDictionary<string, ImmutableDictionary<(string, string), DeviceHealth>>.Empty;

    /// <summary>Raised with a driver and the devices of which it now says something else.</summary>
    public event Action<string, IReadOnlySet<(string Pool, string Device)>>? Changed;

    /// <returns>Null where nothing is known, or not any more.</returns>
    public DeviceHealth? Find(string driver, string pool, string device) =>
        _drivers.GetValueOrDefault(driver)?.GetValueOrDefault((pool, device)) is { } known && time.GetUtcNow() - known.ToldAt <= known.Lifetime ? known : null;

    /// <param name="driver">The driver.</param>
    /// <param name="devices">All of its devices.</param>
    public void Update(string driver, IEnumerable<Health.DeviceHealth> devices)
    {
        var now = time.GetUtcNow();
        var told = devices.Where(d => d.Device is not null).GroupBy(d => (d.Device.PoolName, d.Device.DeviceName)).ToImmutableDictionary(g => g.Key, g => DeviceHealth.Of(g.Last(), now));
        HashSet<(string, string)> changed;
        lock (_lock)
        {
            var known = _drivers.GetValueOrDefault(driver) ?? ImmutableDictionary<(string, string), DeviceHealth>.Empty;
            changed = [.. told.Where(t => known.GetValueOrDefault(t.Key)?.Says(t.Value) != true).Select(t => t.Key)];
            _drivers = _drivers.SetItem(driver, known.SetItems(told));
        }

        if (changed.Count > 0)
        {
            Changed?.Invoke(driver, changed);
        }
    }

    /// <summary>The driver has gone, or speaks of health no more.</summary>
    public void Forget(string driver)
    {
        ImmutableDictionary<(string Pool, string Device), DeviceHealth>? known;
        lock (_lock)
        {
            known = _drivers.GetValueOrDefault(driver);
            _drivers = _drivers.Remove(driver);
        }

        if (known is { Count: > 0 })
        {
            Changed?.Invoke(driver, known.Keys.ToHashSet());
        }
    }
}
