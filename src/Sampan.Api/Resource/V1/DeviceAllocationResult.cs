namespace Sampan.Api.Resource.V1;

/// <summary>The devices that a claim got.</summary>
[ApiType("io.k8s.api.resource.v1.DeviceAllocationResult")]
public sealed partial class DeviceAllocationResult : IApiType<DeviceAllocationResult>
{
    /// <summary>The devices, each with the request that it is for.</summary>
    [Field("results", 1, ListType = "atomic")]
    public List<DeviceRequestAllocationResult>? Results { get; set; }

    /// <summary>Settings for the devices: those of classes first, then the claim's.</summary>
    [Field("config", 2, ListType = "atomic")]
    public List<DeviceAllocationConfiguration>? Config { get; set; }
}
