using Sampan.Api.Meta.V1;

namespace Sampan.Api.Resource.V1Beta2;

/// <summary>Puts a taint on all devices that match, on behalf of an administrator or a monitor.</summary>
[ApiType("io.k8s.api.resource.v1beta2.DeviceTaintRule")]
[Kind("resource.k8s.io", "v1beta2", Plural = "devicetaintrules", Singular = "devicetaintrule", Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial class DeviceTaintRule : IObject<DeviceTaintRule>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>The taint and the devices that get it.</summary>
    [Field("spec", 2, Required = true)]
    public DeviceTaintRuleSpec Spec { get; set; } = new();

    /// <summary>How far the taint has taken effect.</summary>
    [Field("status", 3)]
    public DeviceTaintRuleStatus Status { get; set; } = new();
}
