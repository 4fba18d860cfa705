namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.EndpointPort", MapType = "atomic")]
public sealed partial class EndpointPort : IApiType<EndpointPort>
{
    [Field("name", 1)]
    public string? Name { get; set; }

    [Field("port", 2, Required = true)]
    public int Port { get; set; }

    [Field("protocol", 3)]
    public string? Protocol { get; set; }

    [Field("appProtocol", 4, Pointer = true)]
    public string? AppProtocol { get; set; }
}
