using Sampan.Api.Meta.V1;

namespace Sampan.Api.Networking.V1;

/// <summary>A kind of ingress controller that Ingresses may choose.</summary>
[ApiType("io.k8s.api.networking.v1.IngressClass")]
[Kind("networking.k8s.io", "v1", Plural = "ingressclasses", Singular = "ingressclass", Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class IngressClass : IObject<IngressClass>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>Which controller serves Ingresses of this class, and its settings.</summary>
    [Field("spec", 2)]
    public IngressClassSpec Spec { get; set; } = new();
}
