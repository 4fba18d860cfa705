using Sampan.Api.Meta.V1;

namespace Sampan.Api.Resource.V1;

/// <summary>A pattern from which each pod gets a ResourceClaim of its own.</summary>
[ApiType("io.k8s.api.resource.v1.ResourceClaimTemplate")]
[Kind("resource.k8s.io", "v1", Plural = "resourceclaimtemplates", Singular = "resourceclaimtemplate", Namespaced = true, Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class ResourceClaimTemplate : IObject<ResourceClaimTemplate>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>What the claims made from the template look like; immutable.</summary>
    [Field("spec", 2, Required = true)]
    public ResourceClaimTemplateSpec Spec { get; set; } = new();
}
