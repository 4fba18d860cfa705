namespace Sampan.Api.Networking.V1;

[ApiType("io.k8s.api.networking.v1.HTTPIngressRuleValue")]
public sealed partial class HTTPIngressRuleValue : IApiType<HTTPIngressRuleValue>
{
    [Field("paths", 1, Required = true, ListType = "atomic")]
    public List<HTTPIngressPath> Paths { get; set; } = [];
}
