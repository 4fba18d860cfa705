namespace Sampan.Api.ApiExtensions.V1;

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ServiceReference")]
public sealed partial class ServiceReference : IApiType<ServiceReference>
{
    [Field("namespace", 1, Required = true)]
    public string Namespace { get; set; } = "";

    [Field("name", 2, Required = true)]
    public string Name { get; set; } = "";

    [Field("path", 3, Pointer = true)]
    public string? Path { get; set; }

    [Field("port", 4)]
    public int? Port { get; set; }
}
