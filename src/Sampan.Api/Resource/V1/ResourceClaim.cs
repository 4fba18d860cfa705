using Sampan.Api.Meta.V1;

namespace Sampan.Api.Resource.V1;

/// <summary>A request for devices, and their allocation once there is one.</summary>
[ApiType("io.k8s.api.resource.v1.ResourceClaim")]
[Kind("resource.k8s.io", "v1", Plural = "resourceclaims", Singular = "resourceclaim", Namespaced = true, Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial class ResourceClaim : IObject<ResourceClaim>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>What is wanted; immutable.</summary>
    [Field("spec", 2, Required = true)]
    public ResourceClaimSpec Spec { get; set; } = new();

    /// <summary>What it got and who uses it.</summary>
    [Field("status", 3)]
    public ResourceClaimStatus Status { get; set; } = new();
}
