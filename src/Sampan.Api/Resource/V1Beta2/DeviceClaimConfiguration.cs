namespace Sampan.Api.Resource.V1Beta2;

[ApiType("io.k8s.api.resource.v1beta2.DeviceClaimConfiguration")]
public sealed partial class DeviceClaimConfiguration : IApiType<DeviceClaimConfiguration>
{
    [Field("requests", 1, ListType = "atomic")]
    public List<string>? Requests { get; set; }

    [Field("opaque", 1, Embedded = [2])]
    public OpaqueDeviceConfiguration? Opaque { get; set; }
}
