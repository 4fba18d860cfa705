namespace Sampan.Api.Networking.V1;

[ApiType("io.k8s.api.networking.v1.IngressTLS")]
public sealed partial class IngressTLS : IApiType<IngressTLS>
{
    [Field("hosts", 1, ListType = "atomic")]
    public List<string>? Hosts { get; set; }

    [Field("secretName", 2)]
    public string? SecretName { get; set; }
}
