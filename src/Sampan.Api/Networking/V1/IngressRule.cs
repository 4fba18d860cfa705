namespace Sampan.Api.Networking.V1;

[ApiType("io.k8s.api.networking.v1.IngressRule")]
public sealed partial class IngressRule : IApiType<IngressRule>
{
    [Field("host", 1)]
    public string? Host { get; set; }

    [Field("http", 1, Embedded = [2])]
    public HTTPIngressRuleValue? Http { get; set; }
}
