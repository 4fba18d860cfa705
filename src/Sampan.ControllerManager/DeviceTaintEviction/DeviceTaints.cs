using Sampan.Api.Resource.V1;
using ResourceClaim = Sampan.Api.Resource.V1.ResourceClaim;

namespace Sampan.ControllerManager.DeviceTaintEviction;

/// <summary>The NoExecute taints of devices, and for how long a claim bears those of its own.</summary>
internal sealed class DeviceTaints
{
    private const string NoExecute = "NoExecute";
    private const string PoolIndex = "pool";

    /// <summary>In seconds, a century; one toleration without an end is enough.</summary>
    private const long ForEver = 100L * 365 * 86_400;
    private readonly Informer<ResourceSlice> _slices;

    public DeviceTaints(Informer<ResourceSlice> slices)
    {
        _slices = slices;
        slices.AddIndex(PoolIndex, s => [PoolKey(s.Spec.Driver, s.Spec.Pool.Name)]);
    }

    /// <summary>Whether a change of the slice may concern anyone: a newer generation of a pool takes the taints of the older one away.</summary>
    public bool HasAnyBeside(ResourceSlice? old, ResourceSlice? current)
    {
        var pool = (current ?? old)!.Spec;
        return HasAny(old) || HasAny(current) || _slices.ByIndex(PoolIndex, PoolKey(pool.Driver, pool.Pool.Name)).Any(HasAny);
    }

    public static IEnumerable<DeviceRequestAllocationResult> DevicesOf(ResourceClaim claim) => claim.Status.Allocation?.Devices?.Results ?? [];

    /// <summary>When the claim's users have to go; null for never.</summary>
    public DateTimeOffset? EvictionTime(ResourceClaim claim) =>
        DevicesOf(claim).SelectMany(device => TaintsOf(device).Select(taint => EvictionTime(device, taint))).Min();

    private static bool HasAny(ResourceSlice? slice) => slice is not null && slice.Spec.Devices.OrEmpty().Any(d => d.Taints.OrEmpty().Any(t => t.Effect == NoExecute));

    private static DateTimeOffset? EvictionTime(DeviceRequestAllocationResult device, DeviceTaint taint)
    {
        var added = taint.TimeAdded?.Value ?? DateTimeOffset.UnixEpoch;
        var borne = device.Tolerations.OrEmpty().Where(t => Tolerates(t, taint)).Select(t => t.TolerationSeconds ?? ForEver).ToList();
        if (borne.Count == 0) return added;
        return borne.Max() >= ForEver ? null : added.AddSeconds(Math.Max(0, borne.Min()));
    }

    private static bool Tolerates(DeviceToleration toleration, DeviceTaint taint)
    {
        if (!string.IsNullOrEmpty(toleration.Effect) && toleration.Effect != taint.Effect) return false;
        if (!string.IsNullOrEmpty(toleration.Key) && toleration.Key != taint.Key) return false;
        return toleration.Operator == "Exists" || (toleration.Value ?? "") == (taint.Value ?? "");
    }

    /// <summary>Slices of an older generation of the pool say nothing any more.</summary>
    private IEnumerable<DeviceTaint> TaintsOf(DeviceRequestAllocationResult result)
    {
        var pool = _slices.ByIndex(PoolIndex, PoolKey(result.Driver, result.Pool)).ToList();
        if (pool.Count == 0) return [];
        var newest = pool.Max(s => s.Spec.Pool.Generation);
        return pool.Where(s => s.Spec.Pool.Generation == newest).SelectMany(s => s.Spec.Devices.OrEmpty())
            .Where(d => d.Name == result.Device).SelectMany(d => d.Taints.OrEmpty()).Where(t => t.Effect == NoExecute);
    }

    private static string PoolKey(string driver, string pool) => $"{driver}/{pool}";
}
