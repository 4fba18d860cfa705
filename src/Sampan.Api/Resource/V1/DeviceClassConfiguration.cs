namespace Sampan.Api.Resource.V1;

[ApiType("io.k8s.api.resource.v1.DeviceClassConfiguration")]
public sealed partial class DeviceClassConfiguration : IApiType<DeviceClassConfiguration>
{
    [Field("opaque", 1, Embedded = [1])]
    public OpaqueDeviceConfiguration? Opaque { get; set; }
}
