namespace Sampan.Api.Networking.V1;

/// <summary>Traffic that pods may send: to one of the peers, at one of the ports.</summary>
[ApiType("io.k8s.api.networking.v1.NetworkPolicyEgressRule")]
public sealed partial class NetworkPolicyEgressRule : IApiType<NetworkPolicyEgressRule>
{
    /// <summary>Ports of the destination; every port when empty.</summary>
    [Field("ports", 1, ListType = "atomic")]
    public List<NetworkPolicyPort>? Ports { get; set; }

    /// <summary>Peers that may be reached; everyone when empty.</summary>
    [Field("to", 2, ListType = "atomic")]
    public List<NetworkPolicyPeer>? To { get; set; }
}
