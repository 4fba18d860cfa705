namespace Sampan.Api.Networking.V1;

/// <summary>Traffic that pods may receive: from one of the peers, at one of the ports.</summary>
[ApiType("io.k8s.api.networking.v1.NetworkPolicyIngressRule")]
public sealed partial class NetworkPolicyIngressRule : IApiType<NetworkPolicyIngressRule>
{
    /// <summary>Ports of the guarded pods; every port when empty.</summary>
    [Field("ports", 1, ListType = "atomic")]
    public List<NetworkPolicyPort>? Ports { get; set; }

    /// <summary>Peers from which it may come; everyone when empty.</summary>
    [Field("from", 2, ListType = "atomic")]
    public List<NetworkPolicyPeer>? From { get; set; }
}
