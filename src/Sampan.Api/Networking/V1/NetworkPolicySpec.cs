using Sampan.Api.Meta.V1;

namespace Sampan.Api.Networking.V1;

/// <summary>The pods that a policy guards and the traffic that it permits; what no policy of a pod permits is dropped.</summary>
[ApiType("io.k8s.api.networking.v1.NetworkPolicySpec")]
public sealed partial class NetworkPolicySpec : IApiType<NetworkPolicySpec>
{
    /// <summary>The pods that are guarded, in the policy's namespace; empty for all of them.</summary>
    [Field("podSelector", 1)]
    public LabelSelector PodSelector { get; set; } = new();

    /// <summary>Traffic that the pods may receive, each rule adding to the others; none when empty.</summary>
    [Field("ingress", 2, ListType = "atomic")]
    public List<NetworkPolicyIngressRule>? Ingress { get; set; }

    /// <summary>Traffic that the pods may send, each rule adding to the others; none when empty and Egress is among the types.</summary>
    [Field("egress", 3, ListType = "atomic")]
    public List<NetworkPolicyEgressRule>? Egress { get; set; }

    /// <summary>Ingress, Egress or both; when absent Ingress, and Egress as well if there are egress rules.</summary>
    [Field("policyTypes", 4, ListType = "atomic")]
    public List<string>? PolicyTypes { get; set; }
}
