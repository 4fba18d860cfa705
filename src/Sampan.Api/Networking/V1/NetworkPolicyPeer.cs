using Sampan.Api.Meta.V1;

namespace Sampan.Api.Networking.V1;

[ApiType("io.k8s.api.networking.v1.NetworkPolicyPeer")]
public sealed partial class NetworkPolicyPeer : IApiType<NetworkPolicyPeer>
{
    [Field("podSelector", 1)]
    public LabelSelector? PodSelector { get; set; }

    [Field("namespaceSelector", 2)]
    public LabelSelector? NamespaceSelector { get; set; }

    [Field("ipBlock", 3)]
    public IPBlock? IpBlock { get; set; }
}
