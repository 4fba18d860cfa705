namespace Sampan.Api.Networking.V1;

[ApiType("io.k8s.api.networking.v1.NetworkPolicyIngressRule")]
public sealed partial class NetworkPolicyIngressRule : IApiType<NetworkPolicyIngressRule>
{
    [Field("ports", 1, ListType = "atomic")]
    public List<NetworkPolicyPort>? Ports { get; set; }

    [Field("from", 2, ListType = "atomic")]
    public List<NetworkPolicyPeer>? From { get; set; }
}
