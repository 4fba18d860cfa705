namespace Sampan.Api.Networking.V1;

[ApiType("io.k8s.api.networking.v1.IngressServiceBackend")]
public sealed partial class IngressServiceBackend : IApiType<IngressServiceBackend>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    [Field("port", 2)]
    public ServiceBackendPort Port { get; set; } = new();
}
