namespace Sampan.Api.Networking.V1;

[ApiType("io.k8s.api.networking.v1.IngressSpec")]
public sealed partial class IngressSpec : IApiType<IngressSpec>
{
    [Field("ingressClassName", 4, Pointer = true)]
    public string? IngressClassName { get; set; }

    [Field("defaultBackend", 1)]
    public IngressBackend? DefaultBackend { get; set; }

    [Field("tls", 2, ListType = "atomic")]
    public List<IngressTLS>? Tls { get; set; }

    [Field("rules", 3, ListType = "atomic")]
    public List<IngressRule>? Rules { get; set; }
}
