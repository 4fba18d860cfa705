using Sampan.Api.Meta.V1;

namespace Sampan.Api.Networking.V1;

/// <summary>Which traffic the chosen pods may receive and send.</summary>
[ApiType("io.k8s.api.networking.v1.NetworkPolicy")]
[Kind("networking.k8s.io", "v1", Plural = "networkpolicies", Singular = "networkpolicy", Namespaced = true, ShortNames = ["netpol"], Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class NetworkPolicy : IObject<NetworkPolicy>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>Which pods are guarded, and which traffic they may have.</summary>
    [Field("spec", 2)]
    public NetworkPolicySpec Spec { get; set; } = new();
}
