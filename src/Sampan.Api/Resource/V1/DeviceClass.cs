using Sampan.Api.Meta.V1;

namespace Sampan.Api.Resource.V1;

/// <summary>A kind of device that claims may ask for.</summary>
[ApiType("io.k8s.api.resource.v1.DeviceClass")]
[Kind("resource.k8s.io", "v1", Plural = "deviceclasses", Singular = "deviceclass", Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class DeviceClass : IObject<DeviceClass>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>Which devices belong to the class and how they are set up.</summary>
    [Field("spec", 2, Required = true)]
    public DeviceClassSpec Spec { get; set; } = new();
}
