using Sampan.Api;
using Sampan.Api.Resource.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Resource;

/// <summary>Claims of devices: what is wanted never changes, what was allocated changes only by being given back.</summary>
internal sealed class ResourceClaimStrategy() : SpecStatusStrategy<ResourceClaim>(Parts, hasGeneration: false)
{
    private static readonly SpecStatus<ResourceClaim> Parts = new(
        (from, to) => to.Spec = from.Spec,
        (from, to) => to.Status = from.Status,
        claim => claim.Status = new ResourceClaimStatus(),
        (a, b) => a.Spec.DeepEquals(b.Spec))
    {
        StatusKeepsMetadata = true,
    };

    public override bool ReturnDeletedObject => true;

    protected override void Default(ResourceClaim claim) => DeviceClaimDefaults.Apply(claim.Spec.Devices);

    protected override void Validate(WriteContext context, ResourceClaim claim, FieldErrors errors) =>
        new DeviceClaimValidation(claim.Spec.Devices, errors).Validate(FieldPath.Of("spec").Child("devices"));

    protected override void ValidateUpdate(WriteContext context, ResourceClaim claim, ResourceClaim old, FieldErrors errors) =>
        FieldChecks.Same(FieldPath.Of("spec"), claim.Spec, old.Spec, errors);

    /// <summary>What is reported of a device ends with its allocation.</summary>
    protected override void PrepareStatusForUpdate(WriteContext context, ResourceClaim claim, ResourceClaim old)
    {
        var gone = Allocated(old).Except(Allocated(claim)).ToHashSet();
        claim.Status.Devices = claim.Status.Devices?.FindAll(device => !gone.Contains((device.Driver, device.Pool, device.Device))) is { Count: > 0 } left
            ? left : null;
    }

    private static IEnumerable<(string Driver, string Pool, string Device)> Allocated(ResourceClaim claim) =>
        (claim.Status.Allocation?.Devices.Results).OrEmpty().Select(result => (result.Driver, result.Pool, result.Device));

    protected override void ValidateStatusUpdate(WriteContext context, ResourceClaim claim, ResourceClaim old, FieldErrors errors) =>
        new ClaimStatusValidation(claim, old, errors).Validate(FieldPath.Of("status"));
}
