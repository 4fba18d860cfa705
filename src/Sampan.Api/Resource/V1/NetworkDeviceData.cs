namespace Sampan.Api.Resource.V1;

/// <summary>A network device as it is in the pod.</summary>
[ApiType("io.k8s.api.resource.v1.NetworkDeviceData")]
public sealed partial class NetworkDeviceData : IApiType<NetworkDeviceData>
{
    /// <summary>The interface's name in the pod.</summary>
    [Field("interfaceName", 1)]
    public string? InterfaceName { get; set; }

    /// <summary>The interface's addresses with their prefix lengths, such as 192.0.2.5/24.</summary>
    [Field("ips", 2, ListType = "atomic")]
    public List<string>? Ips { get; set; }

    /// <summary>The interface's hardware address.</summary>
    [Field("hardwareAddress", 3)]
    public string? HardwareAddress { get; set; }
}
