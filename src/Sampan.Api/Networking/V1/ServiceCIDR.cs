using Sampan.Api.Meta.V1;

namespace Sampan.Api.Networking.V1;

/// <summary>A range from which Services get their cluster addresses.</summary>
[ApiType("io.k8s.api.networking.v1.ServiceCIDR")]
[Kind("networking.k8s.io", "v1", Plural = "servicecidrs", Singular = "servicecidr", Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial class ServiceCIDR : IObject<ServiceCIDR>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>The ranges that Services get their addresses from.</summary>
    [Field("spec", 2)]
    public ServiceCIDRSpec Spec { get; set; } = new();

    /// <summary>Whether the ranges are in use.</summary>
    [Field("status", 3)]
    public ServiceCIDRStatus Status { get; set; } = new();
}
