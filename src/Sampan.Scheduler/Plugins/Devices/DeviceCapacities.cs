using System.Numerics;
using Sampan.Api;
using Sampan.Api.Resource.V1;

namespace Sampan.Scheduler.Plugins.Devices;

/// <summary>
/// How much of a device's capacity a request takes: what it asks for, rounded up as the device's policy says; the policy's
/// default, or all of it, when it does not say.
/// </summary>
internal static class DeviceCapacities
{
    /// <summary>The amounts by capacity; null when the device does not have what is asked for, or not so much.</summary>
    public static Dictionary<string, Quantity>? Consumed(Device device, string driver, IReadOnlyDictionary<string, Quantity> requests)
    {
        var capacities = device.Capacity.OrEmpty();
        var asked = new Dictionary<string, Quantity>();
        foreach (var (name, amount) in requests)
        {
            if (QualifiedNames.Find(capacities, name, driver).Name is not { } known) return null;
            asked[known] = amount;
        }
        var consumed = new Dictionary<string, Quantity>();
        foreach (var (name, capacity) in capacities)
        {
            var amount = asked.TryGetValue(name, out var wanted) ? Rounded(wanted, capacity.RequestPolicy) : capacity.RequestPolicy?.Default ?? capacity.Value;
            if (amount > capacity.Value || !IsValid(amount, capacity.RequestPolicy)) return null;
            consumed[name] = amount;
        }
        return consumed;
    }

    private static Quantity Rounded(Quantity wanted, CapacityRequestPolicy? policy)
    {
        if (policy?.ValidRange is { Min: { } min } range) return wanted < min ? min : range.Step is { } step ? OnStep(wanted, min, step) : wanted;
        return policy?.ValidValues is { Count: > 0 } values && values.Exists(value => value >= wanted) ? values.Where(value => value >= wanted).Min() : wanted;
    }

    private static Quantity OnStep(Quantity wanted, Quantity min, Quantity step)
    {
        var (above, size) = ((BigInteger)(wanted - min).AsMilli(), (BigInteger)step.AsMilli());
        return size <= 0 || above % size == 0 ? wanted : min + (step * (long)((above / size) + 1));
    }

    private static bool IsValid(Quantity amount, CapacityRequestPolicy? policy)
    {
        if (policy is null || amount == policy.Default) return true;
        if (policy.ValidRange is { } range) return !(range.Max is { } max && amount > max);
        return policy.ValidValues is not { Count: > 0 } values || values.Contains(amount);
    }
}
