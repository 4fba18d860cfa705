using Sampan.Api.Meta.V1;

namespace Sampan.Api.Networking.V1;

/// <summary>Rules that lead HTTP requests from outside to Services by host and path.</summary>
[ApiType("io.k8s.api.networking.v1.Ingress")]
[Kind("networking.k8s.io", "v1", Plural = "ingresses", Singular = "ingress", Namespaced = true, ShortNames = ["ing"], Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial class Ingress : IObject<Ingress>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>Which requests from outside go to which Services.</summary>
    [Field("spec", 2)]
    public IngressSpec Spec { get; set; } = new();

    /// <summary>The addresses at which the Ingress is reached.</summary>
    [Field("status", 3)]
    public IngressStatus Status { get; set; } = new();
}
