using Sampan.Api;

namespace Sampan.Scheduler.Plugins.Devices;

/// <summary>
/// What is left of the counters that the devices of one pool share.
/// <code>
/// gpu-0 with memory 40Gi: parts a (10Gi) and b (20Gi) taken, 10Gi left: whole (40Gi) ✗  c (10Gi) ✓
/// </code>
/// </summary>
internal sealed class CounterUse
{
    private readonly Dictionary<(string Set, string Counter), Quantity> _left;

    public CounterUse(DevicePool pool, DeviceLedger ledger)
    {
        _left = new(pool.Counters);
        foreach (var device in pool.Devices.Where(device => ledger.IsInUse(device.Id))) Take(device);
    }

    public bool HasRoomFor(PooledDevice device)
    {
        foreach (var use in device.Device.ConsumesCounters.OrEmpty())
        {
            foreach (var (counter, amount) in use.Counters)
            {
                if (_left.TryGetValue((use.CounterSet, counter), out var left) && amount.Value > left) return false;
            }
        }
        return true;
    }

    public void Take(PooledDevice device) => Change(device, -1);

    public void GiveBack(PooledDevice device) => Change(device, 1);

    private void Change(PooledDevice device, long sign)
    {
        foreach (var use in device.Device.ConsumesCounters.OrEmpty())
        {
            foreach (var (counter, amount) in use.Counters)
            {
                if (_left.TryGetValue((use.CounterSet, counter), out var left)) _left[(use.CounterSet, counter)] = left + (amount.Value * sign);
            }
        }
    }
}
