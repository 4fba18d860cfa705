using Sampan.Api.Meta.V1;

namespace Sampan.Api.Resource.V1;

/// <summary>The metadata and the wishes of claims made from a template.</summary>
[ApiType("io.k8s.api.resource.v1.ResourceClaimTemplateSpec")]
public sealed partial class ResourceClaimTemplateSpec : IApiType<ResourceClaimTemplateSpec>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>What each claim wants.</summary>
    [Field("spec", 2, Required = true)]
    public ResourceClaimSpec Spec { get; set; } = new();
}
