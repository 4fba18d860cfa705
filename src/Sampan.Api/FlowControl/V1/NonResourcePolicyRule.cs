namespace Sampan.Api.FlowControl.V1;

[ApiType("io.k8s.api.flowcontrol.v1.NonResourcePolicyRule")]
public sealed partial class NonResourcePolicyRule : IApiType<NonResourcePolicyRule>
{
    [Field("verbs", 1, Required = true, ListType = "set")]
    public List<string> Verbs { get; set; } = [];

    [Field("nonResourceURLs", 6, Required = true, ListType = "set")]
    public List<string> NonResourceURLs { get; set; } = [];
}
