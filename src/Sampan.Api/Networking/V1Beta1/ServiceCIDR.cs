using Sampan.Api.Meta.V1;

namespace Sampan.Api.Networking.V1Beta1;

/// <summary>A range from which Services get their cluster addresses.</summary>
[ApiType("io.k8s.api.networking.v1beta1.ServiceCIDR")]
[Kind("networking.k8s.io", "v1beta1", Plural = "servicecidrs", Singular = "servicecidr", Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial class ServiceCIDR : IObject<ServiceCIDR>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    [Field("spec", 2)]
    public ServiceCIDRSpec Spec { get; set; } = new();

    [Field("status", 3)]
    public ServiceCIDRStatus Status { get; set; } = new();
}
