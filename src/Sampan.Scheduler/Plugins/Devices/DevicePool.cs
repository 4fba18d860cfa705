using Sampan.Api;
using Sampan.Api.Resource.V1;

namespace Sampan.Scheduler.Plugins.Devices;

/// <summary>The newest generation of the slices of one pool.</summary>
internal sealed class DevicePool
{
    private readonly Dictionary<string, List<PooledDevice>> _ofNode = [];
    private readonly List<PooledDevice> _ofMany = [];

    public DevicePool(string driver, string name, IReadOnlyList<ResourceSliceSpec> slices)
    {
        Name = $"{driver}/{name}";
        IsIncomplete = slices.Count != slices[0].Pool.ResourceSliceCount;
        Devices = [.. slices.SelectMany(slice => slice.Devices.OrEmpty().Select(device => new PooledDevice(slice, device)))];
        foreach (var device in Devices) ListOf(device).Add(device);
        var sets = slices.SelectMany(slice => slice.SharedCounters.OrEmpty()).ToList();
        foreach (var set in sets)
        {
            foreach (var (counter, amount) in set.Counters) Counters[(set.Name, counter)] = amount.Value;
        }
        IsInvalid = !IsIncomplete
            && (Devices.DistinctBy(device => device.Id).Count() < Devices.Count || sets.DistinctBy(set => set.Name).Count() < sets.Count || !Devices.All(HasItsCounters));
    }

    /// <summary>Driver and name.</summary>
    public string Name { get; }

    /// <summary>Slices are missing: the driver is at work.</summary>
    public bool IsIncomplete { get; }

    /// <summary>Devices or counter sets of one name, or devices that take from counters that are not there.</summary>
    public bool IsInvalid { get; }

    public IReadOnlyList<PooledDevice> Devices { get; }

    /// <summary>What devices that are parts of one another share, by counter set and counter.</summary>
    public Dictionary<(string Set, string Counter), Quantity> Counters { get; } = [];

    /// <summary>The nodes that have devices of their own here.</summary>
    public IEnumerable<string> Nodes => _ofNode.Keys;

    /// <summary>Whether there are devices that several nodes can reach.</summary>
    public bool IsForMany => _ofMany.Count > 0;

    public IEnumerable<PooledDevice> ReachableFrom(Api.Core.V1.Node node)
    {
        foreach (var device in _ofNode.GetValueOrDefault(node.Metadata.Name!, [])) yield return device;
        foreach (var device in _ofMany)
        {
            if (device.IsReachableFrom(node)) yield return device;
        }
    }

    private bool HasItsCounters(PooledDevice device) =>
        device.Device.ConsumesCounters.OrEmpty().All(use => use.Counters.Keys.All(counter => Counters.ContainsKey((use.CounterSet, counter))));

    private List<PooledDevice> ListOf(PooledDevice device)
    {
        if (device.OnlyNode is not { Length: > 0 } node) return _ofMany;
        if (!_ofNode.TryGetValue(node, out var list)) _ofNode[node] = list = [];
        return list;
    }
}
