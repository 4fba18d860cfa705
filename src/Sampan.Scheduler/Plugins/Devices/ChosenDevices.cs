using Sampan.Api;
using ResourceClaim = Sampan.Api.Resource.V1.ResourceClaim;

namespace Sampan.Scheduler.Plugins.Devices;

/// <summary>The devices chosen so far in a search, on top of what the ledger says is taken. Choices are taken back in reverse.</summary>
internal sealed class ChosenDevices(DeviceLedger ledger)
{
    /// <summary>As many as a claim's status can hold.</summary>
    public const int MaxOfClaim = 32;

    private readonly List<DeviceChoice> _choices = [];
    private readonly HashSet<DeviceId> _taken = [];
    private readonly Dictionary<DeviceId, int> _shares = [];
    private readonly Dictionary<DevicePool, CounterUse> _counters = [];

    public IReadOnlyList<DeviceChoice> All => _choices;

    /// <summary>Chooses a device when it is free and the claim's constraints allow it.</summary>
    public Availability Choose(ResourceClaim claim, WantedDevices wanted, DevicePool pool, PooledDevice device)
    {
        if (!wanted.Bears(device.Device) || _choices.Count(choice => ReferenceEquals(choice.Claim, claim)) == MaxOfClaim) return Availability.Unusable;
        if (Consumption(wanted, device) is not { } consumed || !IsFree(claim, wanted, pool, device)) return Availability.Unusable;
        _choices.Add(new DeviceChoice(claim, wanted, device, device.IsShared ? consumed : new Dictionary<string, Quantity>()));
        if (!DeviceConstraints.Hold(claim, _choices))
        {
            _choices.RemoveAt(_choices.Count - 1);
            return Availability.AgainstConstraint;
        }
        Count(pool, _choices[^1]);
        return Availability.Chosen;
    }

    /// <summary>Takes the last choice back.</summary>
    public void GiveBack(DevicePool pool)
    {
        var (_, wanted, device, _) = _choices[^1];
        _choices.RemoveAt(_choices.Count - 1);
        if (wanted.AdminAccess) return;
        if (!device.IsShared) _taken.Remove(device.Id);
        else if (--_shares[device.Id] > 0 || ledger.IsInUse(device.Id)) return;
        CountersOf(pool)?.GiveBack(device);
    }

    /// <summary>What the request would take of the device's capacity; null when that is not there.</summary>
    public Dictionary<string, Quantity>? Consumption(WantedDevices wanted, PooledDevice device)
    {
        if (wanted.Capacity.Count == 0 && !device.IsShared) return [];
        if (DeviceCapacities.Consumed(device.Device, device.Id.Driver, wanted.Capacity) is not { } consumed) return null;
        if (!device.IsShared) return consumed;
        return consumed.All(part => UsedOf(device.Id, part.Key) + part.Value <= device.Device.Capacity![part.Key].Value) ? consumed : null;
    }

    private Quantity UsedOf(DeviceId id, string capacity) => _choices.Where(choice => choice.Device.Id == id)
        .Aggregate(ledger.UsedOf(id, capacity), (sum, choice) => sum + choice.Consumed.GetValueOrDefault(capacity));

    private bool IsFree(ResourceClaim claim, WantedDevices wanted, DevicePool pool, PooledDevice device)
    {
        if (wanted.AdminAccess) return device.IsShared || !_choices.Exists(choice => ReferenceEquals(choice.Claim, claim) && choice.Device.Id == device.Id);
        if (ledger.IsTaken(device.Id) || _taken.Contains(device.Id)) return false;
        return IsSharedAlready(device) || CountersOf(pool)?.HasRoomFor(device) != false;
    }

    // The first one to share a device has taken its counters.
    private bool IsSharedAlready(PooledDevice device) => device.IsShared && (ledger.IsInUse(device.Id) || _shares.GetValueOrDefault(device.Id) > 0);

    private void Count(DevicePool pool, DeviceChoice choice)
    {
        var (_, wanted, device, _) = choice;
        if (wanted.AdminAccess) return;
        var isFirst = !IsSharedAlready(device);
        if (device.IsShared) _shares[device.Id] = _shares.GetValueOrDefault(device.Id) + 1;
        else _taken.Add(device.Id);
        if (isFirst) CountersOf(pool)?.Take(device);
    }

    private CounterUse? CountersOf(DevicePool pool)
    {
        if (pool.Counters.Count == 0) return null;
        if (!_counters.TryGetValue(pool, out var use)) _counters[pool] = use = new CounterUse(pool, ledger);
        return use;
    }
}
