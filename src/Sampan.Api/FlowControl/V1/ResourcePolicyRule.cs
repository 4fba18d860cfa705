namespace Sampan.Api.FlowControl.V1;

[ApiType("io.k8s.api.flowcontrol.v1.ResourcePolicyRule")]
public sealed partial class ResourcePolicyRule : IApiType<ResourcePolicyRule>
{
    [Field("verbs", 1, Required = true, ListType = "set")]
    public List<string> Verbs { get; set; } = [];

    [Field("apiGroups", 2, Required = true, ListType = "set")]
    public List<string> ApiGroups { get; set; } = [];

    [Field("resources", 3, Required = true, ListType = "set")]
    public List<string> Resources { get; set; } = [];

    [Field("clusterScope", 4)]
    public bool ClusterScope { get; set; }

    [Field("namespaces", 5, ListType = "set")]
    public List<string>? Namespaces { get; set; }
}
