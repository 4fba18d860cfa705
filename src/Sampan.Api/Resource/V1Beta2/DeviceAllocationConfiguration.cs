namespace Sampan.Api.Resource.V1Beta2;

[ApiType("io.k8s.api.resource.v1beta2.DeviceAllocationConfiguration")]
public sealed partial class DeviceAllocationConfiguration : IApiType<DeviceAllocationConfiguration>
{
    [Field("source", 1, Required = true)]
    public string Source { get; set; } = "";

    [Field("requests", 2, ListType = "atomic")]
    public List<string>? Requests { get; set; }

    [Field("opaque", 1, Embedded = [3])]
    public OpaqueDeviceConfiguration? Opaque { get; set; }
}
