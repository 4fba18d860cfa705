using Sampan.Api.Meta.V1;

namespace Sampan.Api.Resource.V1;

/// <summary>A part of the devices that a driver offers.</summary>
[ApiType("io.k8s.api.resource.v1.ResourceSlice")]
[Kind("resource.k8s.io", "v1", Plural = "resourceslices", Singular = "resourceslice", Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class ResourceSlice : IObject<ResourceSlice>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>The devices, and where they are.</summary>
    [Field("spec", 2, Required = true)]
    public ResourceSliceSpec Spec { get; set; } = new();
}
