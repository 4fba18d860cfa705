namespace Sampan.Api.Networking.V1;

/// <summary>The rules of an Ingress.</summary>
[ApiType("io.k8s.api.networking.v1.IngressSpec")]
public sealed partial class IngressSpec : IApiType<IngressSpec>
{
    /// <summary>The IngressClass whose controller serves it; the default class when absent.</summary>
    [Field("ingressClassName", 4, Pointer = true)]
    public string? IngressClassName { get; set; }

    /// <summary>Where requests go that match no rule; required when there are no rules.</summary>
    [Field("defaultBackend", 1)]
    public IngressBackend? DefaultBackend { get; set; }

    /// <summary>Certificates for hosts; all share port 443 and are told apart by the name in the TLS handshake.</summary>
    [Field("tls", 2, ListType = "atomic")]
    public List<IngressTLS>? Tls { get; set; }

    /// <summary>What happens to which requests, by host and path.</summary>
    [Field("rules", 3, ListType = "atomic")]
    public List<IngressRule>? Rules { get; set; }
}
