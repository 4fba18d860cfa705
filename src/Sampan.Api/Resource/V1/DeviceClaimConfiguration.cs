namespace Sampan.Api.Resource.V1;

/// <summary>Settings for the devices of a claim.</summary>
[ApiType("io.k8s.api.resource.v1.DeviceClaimConfiguration")]
public sealed partial class DeviceClaimConfiguration : IApiType<DeviceClaimConfiguration>
{
    /// <summary>The requests that the settings are for, a sub-request as request/sub-request; all when empty.</summary>
    [Field("requests", 1, ListType = "atomic")]
    public List<string>? Requests { get; set; }

    /// <summary>Settings in a form that only the driver knows.</summary>
    [Field("opaque", 1, Embedded = [2])]
    public OpaqueDeviceConfiguration? Opaque { get; set; }
}
