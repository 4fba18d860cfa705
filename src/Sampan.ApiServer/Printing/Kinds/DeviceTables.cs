using Sampan.Api;
using Sampan.Api.Resource.V1;
using static Sampan.ApiServer.Printing.Columns;

namespace Sampan.ApiServer.Printing.Kinds;

/// <summary>Dynamic resource allocation.</summary>
internal static class DeviceTables
{
    public static TableColumns DeviceClasses { get; } = new TableColumns<DeviceClass> { Name<DeviceClass>(), Age<DeviceClass>() };

    public static TableColumns ResourceClaims { get; } = new TableColumns<ResourceClaim>
    {
        Name<ResourceClaim>(),
        Text<ResourceClaim>("State", "Pending, allocated, reserved or deleted.", StateOf),
        Age<ResourceClaim>(),
    };

    public static TableColumns ResourceClaimTemplates { get; } = new TableColumns<ResourceClaimTemplate>
    {
        Name<ResourceClaimTemplate>(),
        Age<ResourceClaimTemplate>(),
    };

    public static TableColumns ResourceSlices { get; } = new TableColumns<ResourceSlice>
    {
        Name<ResourceSlice>(),
        Text<ResourceSlice>("Node", "The node with the devices.", s => s.Spec.NodeName),
        Text<ResourceSlice>("Driver", "The driver that offers them.", s => s.Spec.Driver),
        Text<ResourceSlice>("Pool", "The pool they are in.", s => s.Spec.Pool.Name),
        Age<ResourceSlice>(),
    };

    private static string StateOf(ResourceClaim claim)
    {
        List<string> states = [];
        if (claim.Metadata.DeletionTimestamp is not null)
        {
            states.Add("deleted");
        }

        if (claim.Status?.Allocation is not null)
        {
            states.Add("allocated");
            states.AddRange(claim.Status.ReservedFor.OrEmpty().Take(1).Select(_ => "reserved"));
        }
        else if (states.Count == 0)
        {
            states.Add("pending");
        }

        return string.Join(',', states);
    }
}
