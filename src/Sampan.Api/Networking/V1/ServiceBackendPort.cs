namespace Sampan.Api.Networking.V1;

[ApiType("io.k8s.api.networking.v1.ServiceBackendPort", MapType = "atomic")]
public sealed partial class ServiceBackendPort : IApiType<ServiceBackendPort>
{
    [Field("name", 1)]
    public string? Name { get; set; }

    [Field("number", 2)]
    public int Number { get; set; }
}
