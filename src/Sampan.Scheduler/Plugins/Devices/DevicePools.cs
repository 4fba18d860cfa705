using Sampan.Api.Core.V1;
using Sampan.Api.Resource.V1;
using ResourceClaim = Sampan.Api.Resource.V1.ResourceClaim;

namespace Sampan.Scheduler.Plugins.Devices;

/// <summary>The devices that drivers announce, by the newest generation of each pool; a pool of which slices are missing is left out.</summary>
internal sealed class DevicePools
{
    private readonly List<PooledDevice> _devices;
    private readonly HashSet<DeviceId> _taken;

    public DevicePools(IEnumerable<ResourceSlice> slices, IEnumerable<ResourceClaim> claims)
    {
        _devices = [.. slices.Select(slice => slice.Spec).GroupBy(spec => (spec.Driver, spec.Pool.Name)).OrderBy(pool => pool.Key).SelectMany(Newest)];
        _taken = [.. claims.SelectMany(claim => claim.Status.Allocation?.Devices.Results ?? [])
            .Where(result => result.AdminAccess != true).Select(result => new DeviceId(result.Driver, result.Pool, result.Device))];
    }

    public bool IsTaken(DeviceId id) => _taken.Contains(id);

    public List<PooledDevice> ReachableFrom(Node node) => _devices.FindAll(device => device.IsReachableFrom(node));

    // Devices that share counters with others are left out: what is left of the counters is not worked out.
    private static IEnumerable<PooledDevice> Newest(IEnumerable<ResourceSliceSpec> pool)
    {
        var generation = pool.Max(spec => spec.Pool.Generation);
        var newest = pool.Where(spec => spec.Pool.Generation == generation).ToList();
        if (newest.Count < newest[0].Pool.ResourceSliceCount) return [];
        return newest.SelectMany(spec => spec.Devices.OrEmpty().Where(device => device.ConsumesCounters is not { Count: > 0 }).Select(device => new PooledDevice(spec, device)));
    }
}
