namespace Sampan.Api.Resource.V1;

/// <summary>Which devices are wanted.</summary>
[ApiType("io.k8s.api.resource.v1.DeviceClaim")]
public sealed partial class DeviceClaim : IApiType<DeviceClaim>
{
    /// <summary>What is wanted, request by request; the claim gets all of it or nothing. At most 32.</summary>
    [Field("requests", 1, ListType = "atomic")]
    public List<DeviceRequest>? Requests { get; set; }

    /// <summary>What the devices must have in common, or must differ in.</summary>
    [Field("constraints", 2, ListType = "atomic")]
    public List<DeviceConstraint>? Constraints { get; set; }

    /// <summary>Settings that are handed to drivers with the devices.</summary>
    [Field("config", 3, ListType = "atomic")]
    public List<DeviceClaimConfiguration>? Config { get; set; }
}
