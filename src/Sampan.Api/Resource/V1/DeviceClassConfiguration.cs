namespace Sampan.Api.Resource.V1;

/// <summary>Settings for the devices of a class.</summary>
[ApiType("io.k8s.api.resource.v1.DeviceClassConfiguration")]
public sealed partial class DeviceClassConfiguration : IApiType<DeviceClassConfiguration>
{
    /// <summary>Settings in a form that only the driver knows.</summary>
    [Field("opaque", 1, Embedded = [1])]
    public OpaqueDeviceConfiguration? Opaque { get; set; }
}
