namespace Sampan.Api.Resource.V1;

[ApiType("io.k8s.api.resource.v1.NetworkDeviceData")]
public sealed partial class NetworkDeviceData : IApiType<NetworkDeviceData>
{
    [Field("interfaceName", 1)]
    public string? InterfaceName { get; set; }

    [Field("ips", 2, ListType = "atomic")]
    public List<string>? Ips { get; set; }

    [Field("hardwareAddress", 3)]
    public string? HardwareAddress { get; set; }
}
