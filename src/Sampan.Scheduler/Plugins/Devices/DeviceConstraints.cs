using Sampan.Api.Resource.V1;

namespace Sampan.Scheduler.Plugins.Devices;

/// <summary>What the devices of a claim must have in common, or must not.</summary>
internal static class DeviceConstraints
{
    public static bool Hold(ResourceClaim claim, List<DeviceChoice> choices)
    {
        foreach (var constraint in claim.Spec.Devices.Constraints.OrEmpty())
        {
            var name = constraint.MatchAttribute ?? constraint.DistinctAttribute;
            if (name is null) continue;
            var values = choices.Where(choice => ReferenceEquals(choice.Claim, claim) && Concerns(constraint, choice.Wanted))
                .Select(choice => Text(choice.Device.Attribute(name))).ToList();
            // A device without the attribute has nothing in common with any other.
            if (values.Contains(null)) return false;
            var different = values.Distinct().Count();
            if (constraint.MatchAttribute is not null ? different > 1 : different < values.Count) return false;
        }
        return true;
    }

    private static bool Concerns(DeviceConstraint constraint, WantedDevices wanted) =>
        constraint.Requests is not { Count: > 0 } requests || requests.Contains(wanted.Name) || requests.Contains(wanted.Request);

    private static string? Text(DeviceAttribute? attribute) => attribute switch
    {
        { Int: { } number } => $"int {number}",
        { Bool: { } flag } => $"bool {flag}",
        { String: { } text } => "string " + text,
        { Version: { } version } => "version " + version,
        _ => null,
    };
}
