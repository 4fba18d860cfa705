namespace Sampan.Api.Networking.V1;

/// <summary>A certificate and the hosts that it is for.</summary>
[ApiType("io.k8s.api.networking.v1.IngressTLS")]
public sealed partial class IngressTLS : IApiType<IngressTLS>
{
    /// <summary>The hosts that the certificate is for; all of the controller's default when absent.</summary>
    [Field("hosts", 1, ListType = "atomic")]
    public List<string>? Hosts { get; set; }

    /// <summary>The Secret with tls.crt and tls.key, in the namespace of the Ingress.</summary>
    [Field("secretName", 2)]
    public string? SecretName { get; set; }
}
