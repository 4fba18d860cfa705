using Sampan.Api.Core.V1;
using ResourceClaim = Sampan.Api.Resource.V1.ResourceClaim;

namespace Sampan.Scheduler.Plugins.Devices;

/// <summary>
/// Finds devices for claims on one node: request by request, device by device, going back when a constraint or a later
/// request can't be met.
/// <code>
/// claim a: 2 gpus of one socket      gpu-0 (socket 0) ─ gpu-1 (socket 1) ✗
///                                                     └ gpu-2 (socket 0) ✓
/// claim b: 1 nic                     nic-0 ✓
/// </code>
/// </summary>
/// <param name="ledger">What is taken.</param>
/// <param name="claims">The claims, with the alternatives of each request.</param>
/// <param name="node">The node.</param>
/// <param name="limit">How long it may take.</param>
internal sealed class DeviceAllocator(
    DeviceLedger ledger, IReadOnlyList<(ResourceClaim Claim, List<List<WantedDevices>> Requests)> claims, Node node, SearchLimit limit)
{
    private readonly List<DevicePool> _pools = [.. ledger.Pools.ReachableFrom(node)];
    private readonly List<(DevicePool Pool, PooledDevice Device)> _devices =
        [.. ledger.Pools.ReachableFrom(node).Where(pool => !pool.IsIncomplete && !pool.IsInvalid).SelectMany(pool => pool.ReachableFrom(node).Select(device => (pool, device)))];

    private readonly ChosenDevices _chosen = new(ledger);
    private readonly Dictionary<WantedDevices, List<(DevicePool Pool, PooledDevice Device)>> _all = [];

    /// <summary>The choices of all claims; null when there is no way.</summary>
    /// <exception cref="AllocationException">A claim or a class is at fault, or it takes too long.</exception>
    public IReadOnlyList<DeviceChoice>? Allocate()
    {
        foreach (var (claim, requests) in claims) Check(claim, requests);
        if (AllocateClaim(0)) return _chosen.All;
        return _pools.Exists(pool => pool.IsInvalid) ? throw new AllocationException("invalid resource pools were encountered", isOfNode: true) : null;
    }

    private bool AllocateClaim(int index) => index == claims.Count || AllocateRequest(index, 0);

    private bool AllocateRequest(int claim, int index)
    {
        var requests = claims[claim].Requests;
        if (index == requests.Count) return AllocateClaim(claim + 1);
        foreach (var wanted in requests[index])
        {
            if (wanted.Count is { } count ? Some(claim, index, wanted, count, 0) : Every(claim, index, wanted)) return true;
        }
        return false;
    }

    private bool Some(int claim, int index, WantedDevices wanted, long missing, int first)
    {
        if (missing == 0) return AllocateRequest(claim, index + 1);
        for (var i = first; i <= _devices.Count - missing || (i < _devices.Count && wanted.AdminAccess); i++)
        {
            var (pool, device) = _devices[i];
            limit.Step();
            if (!Selects(wanted, device) || _chosen.Choose(claims[claim].Claim, wanted, pool, device) != Availability.Chosen) continue;
            if (Some(claim, index, wanted, missing - 1, i + 1)) return true;
            _chosen.GiveBack(pool);
        }
        return false;
    }

    // All that are selected have to be free: there is no choice.
    private bool Every(int claim, int index, WantedDevices wanted)
    {
        var (all, count) = (_all[wanted], 0);
        while (count < all.Count && ChooseFixed(claim, wanted, all[count])) count++;
        if (count > 0 && count == all.Count && AllocateRequest(claim, index + 1)) return true;
        while (count > 0) _chosen.GiveBack(all[--count].Pool);
        return false;
    }

    // A claim whose constraint forbids one of all devices can never be served.
    private bool ChooseFixed(int claim, WantedDevices wanted, (DevicePool Pool, PooledDevice Device) one) =>
        _chosen.Choose(claims[claim].Claim, wanted, one.Pool, one.Device) switch
        {
            Availability.Chosen => true,
            Availability.Unusable => false,
            _ => throw new AllocationException($"claim {wanted.Claim}, request {wanted.OwnName}: cannot add device {one.Device.Id} because a claim constraint would not be satisfied"),
        };

    // What can be said before any device is tried.
    private void Check(ResourceClaim claim, List<List<WantedDevices>> requests)
    {
        foreach (var wanted in requests.SelectMany(alternatives => alternatives).Where(wanted => wanted.Count is null))
        {
            CheckPools(wanted);
            _all[wanted] = _devices.FindAll(d => Selects(wanted, d.Device) && _chosen.Consumption(wanted, d.Device) is not null);
        }
        var least = requests.Sum(alternatives => alternatives.Min(wanted => wanted.Count ?? _all[wanted].Count));
        if (least <= ChosenDevices.MaxOfClaim) return;
        throw new AllocationException($"claim {claim.Metadata.Namespace}/{claim.Metadata.Name}: number of requested devices {least} exceeds the claim limit of {ChosenDevices.MaxOfClaim}");
    }

    private void CheckPools(WantedDevices wanted)
    {
        foreach (var pool in _pools.Where(pool => pool.IsIncomplete || pool.IsInvalid))
        {
            var what = pool.IsIncomplete ? "being updated" : "invalid";
            throw new AllocationException($"claim {wanted.Claim}, request {wanted.OwnName}: asks for all devices, but resource pool {pool.Name} is currently {what}");
        }
    }

    private static bool Selects(WantedDevices wanted, PooledDevice device)
    {
        var match = wanted.Selects(device);
        return match.Error is null ? match.Selects : throw new AllocationException(match.Error);
    }
}
