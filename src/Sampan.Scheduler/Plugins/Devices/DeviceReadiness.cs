using Sampan.Api.Resource.V1;
using Sampan.Client.Informers;

namespace Sampan.Scheduler.Plugins.Devices;

/// <summary>Whether drivers say that the devices of claims can be used (binding conditions).</summary>
internal static class DeviceReadiness
{
    public const int NotYet = 0;
    public const int Done = 1;

    /// <summary>Done with a problem when one of them can't be.</summary>
    public static (int State, string? Problem) Of(IReadOnlyList<ResourceClaim> claims, Informer<ResourceClaim> seen)
    {
        var state = Done;
        foreach (var claim in claims)
        {
            var (ns, name) = (claim.Metadata.Namespace ?? "", claim.Metadata.Name!);
            if (seen.Get(ns, name) is not { } current || current.Metadata.Uid != claim.Metadata.Uid) return (Done, $"claim {ns}/{name} got deleted in the meantime");
            foreach (var result in claim.Status.Allocation!.Devices.Results.OrEmpty())
            {
                var conditions = (current.Status.Devices?.Find(device => IsOf(device, result))?.Conditions).OrEmpty();
                if (result.BindingFailureConditions.OrEmpty().Any(failure => IsTrue(conditions, failure))) return (Done, $"claim {ns}/{name} binding failed");
                if (!result.BindingConditions.OrEmpty().All(condition => IsTrue(conditions, condition))) state = NotYet;
            }
        }
        return (state, null);
    }

    private static bool IsOf(AllocatedDeviceStatus device, DeviceRequestAllocationResult result) =>
        (device.Driver, device.Pool, device.Device, device.ShareID) == (result.Driver, result.Pool, result.Device, result.ShareID);

    private static bool IsTrue(IEnumerable<Api.Meta.V1.Condition> conditions, string type) => conditions.Any(c => c.Type == type && c.Status == "True");
}
