using Sampan.Api.Resource.V1;

namespace Sampan.Client.Quota;

/// <summary>Counts resource claims and the devices they ask for, by device class.</summary>
public sealed class DeviceClaimEvaluator() : QuotaEvaluator("resource.k8s.io", "resourceclaims")
{
    private const string Devices = ".deviceclass.resource.k8s.io/devices";

    /// <summary>A request of all devices is charged as the most that one claim can hold.</summary>
    private const long MostDevices = 32;

    public override bool Counts(string resourceName) => resourceName == CountName || resourceName.EndsWith(Devices, StringComparison.Ordinal);

    public override Dictionary<string, Quantity> Usage(IObject obj)
    {
        var usage = new Dictionary<string, Quantity> { [CountName] = new(1) };
        foreach (var request in ((ResourceClaim)obj).Spec.Devices.Requests.OrEmpty())
        {
            usage = ResourceLists.Add(usage, Of(request));
        }
        return usage;
    }

    /// <summary>Of alternatives one is taken, so each class counts its greatest.</summary>
    private static Dictionary<string, Quantity> Of(DeviceRequest request)
    {
        var usage = new Dictionary<string, Quantity>();
        if (request.Exactly is { } exact)
        {
            usage[exact.DeviceClassName + Devices] = Amount(exact.AllocationMode, exact.Count);
        }
        foreach (var alternative in request.FirstAvailable.OrEmpty())
        {
            usage = ResourceLists.Max(
                usage, new Dictionary<string, Quantity> { [alternative.DeviceClassName + Devices] = Amount(alternative.AllocationMode, alternative.Count) });
        }
        return usage;
    }

    private static Quantity Amount(string? mode, long count) => new(mode == "All" ? MostDevices : Math.Max(1, count));
}
