namespace Sampan.Api.Networking.V1;

[ApiType("io.k8s.api.networking.v1.NetworkPolicyEgressRule")]
public sealed partial class NetworkPolicyEgressRule : IApiType<NetworkPolicyEgressRule>
{
    [Field("ports", 1, ListType = "atomic")]
    public List<NetworkPolicyPort>? Ports { get; set; }

    [Field("to", 2, ListType = "atomic")]
    public List<NetworkPolicyPeer>? To { get; set; }
}
