using ResourceClaim = Sampan.Api.Resource.V1.ResourceClaim;

namespace Sampan.Scheduler.Plugins.Devices;

/// <summary>What a pod's claims would get on one node.</summary>
/// <param name="All">The devices.</param>
/// <param name="Extended">The claim that would be made for extended resources.</param>
internal sealed record NodeChoices(IReadOnlyList<DeviceChoice> All, ExtendedClaim? Extended)
{
    public static NodeChoices None { get; } = new([], null);

    public List<DeviceChoice> Of(ResourceClaim claim) => [.. All.Where(choice => ReferenceEquals(choice.Claim, claim))];
}
