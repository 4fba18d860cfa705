using Sampan.Api;
using Sampan.Api.Resource.V1;
using Sampan.ApiServer.Registry.Core;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Resource;

/// <summary>Checks of what was allocated for a claim, for whom, and in what state the devices are.</summary>
internal sealed class ClaimStatusValidation(ResourceClaim claim, ResourceClaim old, FieldErrors errors)
{
    private const int MaxConsumers = 256;
    private const int MaxResults = 32;
    private const int MaxConditions = 8;
    private const int MaxAddresses = 16;
    private const int MaxInterfaceName = 256;
    private const int MaxHardwareAddress = 128;

    private readonly DeviceClaimValidation _requests = new(claim.Spec.Devices, errors);

    public void Validate(FieldPath path)
    {
        var (status, was) = (claim.Status, old.Status);
        DeviceChecks.EachOnce(status.ReservedFor, MaxConsumers, path.Child("reservedFor"), errors, Consumer, consumer => consumer.Uid);
        DeviceChecks.EachOnce(
            status.Devices, int.MaxValue, path.Child("devices"), errors, Device,
            device => (device.Driver, device.Pool, device.Device, device.ShareID));
        if (status.ReservedFor.OrEmpty().Count > 0)
        {
            Reserved(path.Child("reservedFor"));
        }
        if (status.Allocation is { } allocation && was.Allocation is not null)
        {
            FieldChecks.Same(path.Child("allocation"), allocation, was.Allocation, errors);
        }
        else if (status.Allocation is { } first)
        {
            Allocation(first, path.Child("allocation"));
        }
    }

    private void Reserved(FieldPath path)
    {
        if (claim.Status.Allocation is null)
        {
            errors.Forbidden(path, "may not be specified when `allocated` is not set");
        }
        else if (claim.Metadata.DeletionTimestamp is not null
            && claim.Status.ReservedFor!.Select(NameOf).Except(old.Status.ReservedFor.OrEmpty().Select(NameOf)).Any())
        {
            errors.Forbidden(path, "new entries may not be added while `deallocationRequested` or `deletionTimestamp` are set");
        }
    }

    private static (string?, string, string, string) NameOf(ResourceClaimConsumerReference one) => (one.ApiGroup, one.Resource, one.Name, one.Uid);

    private void Consumer(ResourceClaimConsumerReference consumer, FieldPath path)
    {
        FieldChecks.Required(path.Child("resource"), consumer.Resource, errors);
        FieldChecks.Required(path.Child("name"), consumer.Name, errors);
        FieldChecks.Required(path.Child("uid"), consumer.Uid, errors);
    }

    private void Allocation(AllocationResult allocation, FieldPath path)
    {
        DeviceChecks.Each(allocation.Devices.Results, MaxResults, path.Child("devices").Child("results"), errors, Result);
        DeviceChecks.Each(
            allocation.Devices.Config, 2 * DeviceChecks.MaxConfigurations, path.Child("devices").Child("config"), errors, (config, at) =>
            {
                FieldChecks.RequiredOneOf(at.Child("source"), config.Source, errors, "FromClaim", "FromClass");
                _requests.References(config.Requests, at.Child("requests"));
                DeviceChecks.Configuration(config.Opaque, at, errors);
            });
        NodeSelectorChecks.Validate(allocation.NodeSelector, path.Child("nodeSelector"), errors);
    }

    private void Result(DeviceRequestAllocationResult result, FieldPath path)
    {
        _requests.Reference(result.Request, path.Child("request"));
        FieldChecks.DriverName(path.Child("driver"), result.Driver, errors);
        DeviceChecks.Pool(result.Pool, path.Child("pool"), errors);
        DeviceChecks.Label(result.Device, path.Child("device"), errors);
        BindingConditionValidation.Validate(result.BindingConditions, result.BindingFailureConditions, path, errors);
        Share(result.ShareID, path);
    }

    private void Share(string? id, FieldPath path)
    {
        if (id is not null && (!Guid.TryParseExact(id, "D", out _) || id.Any(char.IsAsciiLetterUpper)))
        {
            errors.Invalid(path.Child("shareID"), id, "must be a lowercase UUID in 8-4-4-4-12 hexadecimal format");
        }
    }

    private void Device(AllocatedDeviceStatus device, FieldPath path)
    {
        FieldChecks.DriverName(path.Child("driver"), device.Driver, errors);
        DeviceChecks.Pool(device.Pool, path.Child("pool"), errors);
        DeviceChecks.Label(device.Device, path.Child("device"), errors);
        Share(device.ShareID, path);
        var isAllocated = (claim.Status.Allocation?.Devices.Results).OrEmpty().Any(result =>
            (result.Driver, result.Pool, result.Device, result.ShareID) == (device.Driver, device.Pool, device.Device, device.ShareID));
        if (!isAllocated)
        {
            errors.Invalid(path, $"{device.Driver}/{device.Pool}/{device.Device}", "must be an allocated device in the claim");
        }
        if (device.Conditions.OrEmpty().Count > MaxConditions)
        {
            errors.TooMany(path.Child("conditions"), device.Conditions!.Count, MaxConditions);
        }
        ConditionValidation.Validate(device.Conditions, path.Child("conditions"), errors);
        if (device.Data is { IsEmpty: false } data)
        {
            DeviceChecks.Parameters(data, path.Child("data"), errors);
        }
        if (device.NetworkData is { } network)
        {
            Network(network, path.Child("networkData"));
        }
    }

    private void Network(NetworkDeviceData network, FieldPath path)
    {
        if (network.InterfaceName?.Length > MaxInterfaceName)
        {
            errors.TooLong(path.Child("interfaceName"), MaxInterfaceName);
        }
        if (network.HardwareAddress?.Length > MaxHardwareAddress)
        {
            errors.TooLong(path.Child("hardwareAddress"), MaxHardwareAddress);
        }
        DeviceChecks.EachOnce(network.Ips, MaxAddresses, path.Child("ips"), errors, (ip, at) =>
        {
            var slash = ip.IndexOf('/', StringComparison.Ordinal);
            if (slash < 0 || AddressChecks.NetworkOf(ip) is null)
            {
                errors.Invalid(at, ip, "must be a valid address in CIDR form, (e.g. 10.9.8.7/24 or 2001:db8::1/64)");
            }
        }, ip => ip);
    }
}
