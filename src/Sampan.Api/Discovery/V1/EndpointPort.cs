namespace Sampan.Api.Discovery.V1;

[ApiType("io.k8s.api.discovery.v1.EndpointPort", MapType = "atomic")]
public sealed partial class EndpointPort : IApiType<EndpointPort>
{
    [Field("name", 1, Pointer = true)]
    public string? Name { get; set; }

    [Field("protocol", 2, Pointer = true)]
    public string? Protocol { get; set; }

    [Field("port", 3)]
    public int? Port { get; set; }

    [Field("appProtocol", 4, Pointer = true)]
    public string? AppProtocol { get; set; }
}
