using Sampan.Api.Meta.V1;

namespace Sampan.Api.Resource.V1Alpha3;

/// <summary>Asks once how many devices of a driver's pools are free.</summary>
[ApiType("io.k8s.api.resource.v1alpha3.ResourcePoolStatusRequest")]
[Kind("resource.k8s.io", "v1alpha3", Plural = "resourcepoolstatusrequests", Singular = "resourcepoolstatusrequest", Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial class ResourcePoolStatusRequest : IObject<ResourcePoolStatusRequest>
{
    [Field("metadata", 1, Required = true)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>Which pools are asked for; immutable.</summary>
    [Field("spec", 2, Required = true)]
    public ResourcePoolStatusRequestSpec Spec { get; set; } = new();

    /// <summary>The answer; absent until it was counted.</summary>
    [Field("status", 3)]
    public ResourcePoolStatusRequestStatus? Status { get; set; }
}
