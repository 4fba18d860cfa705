namespace Sampan.Api.Networking.V1;

[ApiType("io.k8s.api.networking.v1.HTTPIngressPath")]
public sealed partial class HTTPIngressPath : IApiType<HTTPIngressPath>
{
    [Field("path", 1)]
    public string? Path { get; set; }

    [Field("pathType", 3, Required = true, Always = true, Pointer = true)]
    public string? PathType { get; set; }

    [Field("backend", 2, Required = true)]
    public IngressBackend Backend { get; set; } = new();
}
