using Sampan.Api.Meta.V1;

namespace Sampan.Api.Networking.V1;

[ApiType("io.k8s.api.networking.v1.NetworkPolicySpec")]
public sealed partial class NetworkPolicySpec : IApiType<NetworkPolicySpec>
{
    [Field("podSelector", 1)]
    public LabelSelector PodSelector { get; set; } = new();

    [Field("ingress", 2, ListType = "atomic")]
    public List<NetworkPolicyIngressRule>? Ingress { get; set; }

    [Field("egress", 3, ListType = "atomic")]
    public List<NetworkPolicyEgressRule>? Egress { get; set; }

    [Field("policyTypes", 4, ListType = "atomic")]
    public List<string>? PolicyTypes { get; set; }
}
