namespace Sampan.Api.Networking.V1;

/// <summary>The paths of one host.</summary>
[ApiType("io.k8s.api.networking.v1.HTTPIngressRuleValue")]
public sealed partial class HTTPIngressRuleValue : IApiType<HTTPIngressRuleValue>
{
    /// <summary>The paths and their backends; the longest match wins.</summary>
    [Field("paths", 1, Required = true, ListType = "atomic")]
    public List<HTTPIngressPath> Paths { get; set; } = [];
}
