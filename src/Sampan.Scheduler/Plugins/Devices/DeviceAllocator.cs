using Sampan.Api.Core.V1;
using Sampan.Api.Resource.V1;
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
internal sealed class DeviceAllocator(DevicePools pools, IReadOnlyList<ResourceClaim> claims, Node node)
{
    // A search that takes longer is given up: the loop has other pods to place.
    private const int MaxSteps = 10_000;

    private readonly List<PooledDevice> _devices = pools.ReachableFrom(node);
    private readonly HashSet<DeviceId> _chosen = [];
    private readonly List<DeviceChoice> _choices = [];
    private int _steps;

    /// <summary>The choices of all claims; null when there is no way.</summary>
    public IReadOnlyList<DeviceChoice>? Allocate() => Claim(0) ? _choices : null;

    private bool Claim(int index) => index == claims.Count || Request(index, 0);

    private bool Request(int claim, int index)
    {
        var requests = claims[claim].Spec.Devices.Requests.OrEmpty();
        if (index == requests.Count) return Claim(claim + 1);
        foreach (var wanted in WantedDevices.Alternatives(requests[index]))
        {
            if (wanted.Count is { } count ? Some(claim, index, wanted, count, 0) : Every(claim, index, wanted)) return true;
        }
        return false;
    }

    private bool Some(int claim, int index, WantedDevices wanted, long missing, int first)
    {
        if (missing == 0) return Request(claim, index + 1);
        for (var i = first; i < _devices.Count; i++)
        {
            if (!Choose(claim, wanted, _devices[i])) continue;
            if (Some(claim, index, wanted, missing - 1, i + 1)) return true;
            GiveBack(1);
            if (++_steps > MaxSteps) return false;
        }
        return false;
    }

    private bool Every(int claim, int index, WantedDevices wanted)
    {
        var before = _choices.Count;
        var all = _devices.TrueForAll(device => !wanted.Bears(device.Device) || Choose(claim, wanted, device));
        if (all && _choices.Count > before && Request(claim, index + 1)) return true;
        GiveBack(_choices.Count - before);
        return false;
    }

    private bool Choose(int claim, WantedDevices wanted, PooledDevice device)
    {
        if (!wanted.Bears(device.Device)) return false;
        if (!wanted.AdminAccess && (pools.IsTaken(device.Id) || !_chosen.Add(device.Id))) return false;
        _choices.Add(new DeviceChoice(claims[claim], wanted, device));
        if (DeviceConstraints.Hold(claims[claim], _choices)) return true;
        GiveBack(1);
        return false;
    }

    private void GiveBack(int count)
    {
        for (; count > 0; count--)
        {
            var last = _choices[^1];
            _choices.RemoveAt(_choices.Count - 1);
            if (!last.Wanted.AdminAccess) _chosen.Remove(last.Device.Id);
        }
    }
}
