using Sampan.Api.Meta.V1;

namespace Sampan.Api.Networking.V1;

/// <summary>The other side of a connection: pods, namespaces, or a range of addresses.</summary>
[ApiType("io.k8s.api.networking.v1.NetworkPolicyPeer")]
public sealed partial class NetworkPolicyPeer : IApiType<NetworkPolicyPeer>
{
    /// <summary>Pods with these labels, in the policy's namespace or in those of namespaceSelector; empty for all pods there.</summary>
    [Field("podSelector", 1)]
    public LabelSelector? PodSelector { get; set; }

    /// <summary>Namespaces with these labels; empty for all. With podSelector only the pods that it selects in them.</summary>
    [Field("namespaceSelector", 2)]
    public LabelSelector? NamespaceSelector { get; set; }

    /// <summary>A range of addresses; not together with the selectors.</summary>
    [Field("ipBlock", 3)]
    public IPBlock? IpBlock { get; set; }
}
