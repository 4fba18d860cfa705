namespace Sampan.Api.ApiDiscovery.V2;

[ApiType("io.k8s.api.apidiscovery.v2.APIVersionDiscovery")]
public sealed partial class APIVersionDiscovery : IApiType<APIVersionDiscovery>
{
    [Field("version", 1, Required = true)]
    public string Version { get; set; } = "";

    [Field("resources", 2)]
    public List<APIResourceDiscovery>? Resources { get; set; }

    [Field("freshness", 3)]
    public string? Freshness { get; set; }
}
