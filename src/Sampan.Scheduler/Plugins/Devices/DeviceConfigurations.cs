using Sampan.Api.Resource.V1;
using Sampan.Scheduler.Cache;

namespace Sampan.Scheduler.Plugins.Devices;

/// <summary>The drivers' parameters of an allocation: first what the classes say, then what the claim says; later ones win.</summary>
internal static class DeviceConfigurations
{
    public static List<DeviceAllocationConfiguration>? Of(ResourceClaim claim, List<DeviceChoice> choices, ClusterObjects objects)
    {
        var chosen = choices.Select(choice => choice.Wanted).Distinct().ToList();
        var all = chosen.GroupBy(wanted => wanted.Class).SelectMany(requests => FromClass(objects.Of<DeviceClass>().Find(requests.Key), [.. requests.Select(r => r.Name)]))
            .Concat(claim.Spec.Devices.Config.OrEmpty().Where(config => Concerns(config, chosen)).Select(FromClaim)).ToList();
        var count = claim.Spec.Devices.Requests.OrEmpty().Count;
        // No requests means all.
        foreach (var config in all.Where(config => config.Requests.OrEmpty().Count == count)) config.Requests = null;
        return all.Count > 0 ? all : null;
    }

    private static IEnumerable<DeviceAllocationConfiguration> FromClass(DeviceClass? deviceClass, List<string> requests) =>
        (deviceClass?.Spec.Config).OrEmpty().Select(config => new DeviceAllocationConfiguration { Source = "FromClass", Requests = [.. requests], Opaque = config.Opaque });

    private static DeviceAllocationConfiguration FromClaim(DeviceClaimConfiguration config) =>
        new() { Source = "FromClaim", Requests = config.Requests is { } requests ? [.. requests] : null, Opaque = config.Opaque };

    // One that is meant for an alternative that was not chosen is left out.
    private static bool Concerns(DeviceClaimConfiguration config, List<WantedDevices> chosen) =>
        config.Requests is not { Count: > 0 } requests || chosen.Exists(wanted => requests.Contains(wanted.Request) || requests.Contains(wanted.Name));
}
