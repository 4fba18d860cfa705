using Sampan.Api.Resource.V1;

namespace Sampan.Client.Quota;

/// <summary>
/// Counts resource claims and the devices they ask for: by device class, and as the extended resources that the class stands
/// for, so that one limit holds for both ways to ask for a device.
/// </summary>
public sealed class DeviceClaimEvaluator(IQuotaObjects objects) : QuotaEvaluator("resource.k8s.io", "resourceclaims")
{
    private const string Devices = ".deviceclass.resource.k8s.io/devices";

    /// <summary>A request of all devices is charged as the most that one claim can hold.</summary>
    private const long MostDevices = 32;

    public override bool Counts(string resourceName) =>
        resourceName == CountName || resourceName.EndsWith(Devices, StringComparison.Ordinal) || ExtendedNames.IsForQuotas(resourceName);

    public override Dictionary<string, Quantity> Usage(IObject obj)
    {
        var claim = (ResourceClaim)obj;
        var (usage, paid) = (new Dictionary<string, Quantity> { [CountName] = new(1) }, PaidRequests.Of(claim, objects));
        foreach (var request in claim.Spec.Devices.Requests.OrEmpty())
        {
            usage = ResourceLists.Add(usage, Of(request, paid));
        }
        return usage;
    }

    /// <summary>Of alternatives one is taken, so each class counts its greatest.</summary>
    private Dictionary<string, Quantity> Of(DeviceRequest request, PaidRequests paid)
    {
        if (request.Exactly is { } exact)
        {
            return Of(exact.DeviceClassName, Amount(exact.AllocationMode, exact.Count), paid);
        }
        return request.FirstAvailable.OrEmpty()
            .GroupBy(alternative => alternative.DeviceClassName, alternative => Amount(alternative.AllocationMode, alternative.Count))
            .Aggregate(new Dictionary<string, Quantity>(), (usage, amounts) => ResourceLists.Add(usage, Of(amounts.Key, amounts.Max(), paid)));
    }

    private Dictionary<string, Quantity> Of(string className, Quantity amount, PaidRequests paid)
    {
        List<string> names = [ExtendedNames.OfDeviceClass(className)];
        if (objects.DeviceClass(className)?.Spec.ExtendedResourceName is { Length: > 0 } resource)
        {
            names.Add(ExtendedNames.InQuotas(resource));
        }
        var alreadyPaid = paid.Take(names, amount);
        var usage = names.Where(name => name != alreadyPaid).ToDictionary(name => name, _ => amount);
        usage[className + Devices] = amount;
        return usage;
    }

    private static Quantity Amount(string? mode, long count) => new(mode == "All" ? MostDevices : Math.Max(1, count));
}
