using Sampan.Api;
using Sampan.Api.Resource.V1;
using Sampan.Scheduler.Cache;
using ResourceClaim = Sampan.Api.Resource.V1.ResourceClaim;

namespace Sampan.Scheduler.Plugins.Devices;

/// <summary>
/// What there is of devices and what claims have taken of them, kept as claims come and go so that a cycle does not look at all
/// of them.
/// </summary>
internal sealed class DeviceLedger
{
    private readonly KeptObjects<ResourceSlice> _slices;
    private readonly Dictionary<DeviceId, int> _taken = [];
    private readonly Dictionary<DeviceId, SharedDevice> _shared = [];
    private readonly Dictionary<string, DeviceSelectorProgram> _programs = [];
    private DevicePools? _pools;
    private long _version = -1;

    public DeviceLedger(ClusterObjects objects)
    {
        _slices = objects.Of<ResourceSlice>();
        var claims = objects.Of<ResourceClaim>();
        foreach (var claim in claims.All) Count(claim, 1);
        claims.Changed += (old, current) =>
        {
            Count(old, -1);
            Count(current, 1);
        };
    }

    public DevicePools Pools
    {
        get
        {
            if (_version != _slices.Version) (_pools, _version) = (new DevicePools(_slices.All, _pools), _slices.Version);
            return _pools!;
        }
    }

    public static DeviceLedger Of(ClusterObjects objects) => objects.Derive(static all => new DeviceLedger(all));

    /// <summary>Whether a claim has it for itself.</summary>
    public bool IsTaken(DeviceId id) => _taken.ContainsKey(id);

    /// <summary>Whether any claim has it, or a part of it.</summary>
    public bool IsInUse(DeviceId id) => _taken.ContainsKey(id) || _shared.ContainsKey(id);

    /// <summary>What claims have taken of a capacity of a shared device.</summary>
    public Quantity UsedOf(DeviceId id, string capacity) => _shared.TryGetValue(id, out var device) ? device.Used.GetValueOrDefault(capacity) : default;

    public DeviceSelectorProgram Program(string expression)
    {
        if (!_programs.TryGetValue(expression, out var program)) _programs[expression] = program = new DeviceSelectorProgram(expression);
        return program;
    }

    private void Count(ResourceClaim? claim, int sign)
    {
        foreach (var result in (claim?.Status.Allocation?.Devices.Results).OrEmpty())
        {
            if (result.AdminAccess == true) continue;
            var id = new DeviceId(result.Driver, result.Pool, result.Device);
            if (result.ShareID is not null) Share(id, result, sign);
            else Take(id, sign);
        }
    }

    // For a moment a claim is there twice: as it was promised, and as it was written.
    private void Take(DeviceId id, int sign)
    {
        var claims = _taken.GetValueOrDefault(id) + sign;
        if (claims == 0) _taken.Remove(id);
        else _taken[id] = claims;
    }

    private void Share(DeviceId id, DeviceRequestAllocationResult result, int sign)
    {
        if (!_shared.TryGetValue(id, out var device)) _shared[id] = device = new SharedDevice();
        foreach (var (name, amount) in result.ConsumedCapacity.OrEmpty())
        {
            device.Used[name] = device.Used.GetValueOrDefault(name) + (sign > 0 ? amount : -amount);
        }
        if ((device.Shares += sign) == 0) _shared.Remove(id);
    }

    private sealed class SharedDevice
    {
        public int Shares { get; set; }
        public Dictionary<string, Quantity> Used { get; } = [];
    }
}
