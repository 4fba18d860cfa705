using Sampan.Api.Meta.V1;

namespace Sampan.Api.Resource.V1Alpha3;

[ApiType("io.k8s.api.resource.v1alpha3.DeviceTaintRule")]
[Kind("resource.k8s.io", "v1alpha3", Plural = "devicetaintrules", Singular = "devicetaintrule", Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial class DeviceTaintRule : IObject<DeviceTaintRule>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    [Field("spec", 2, Required = true)]
    public DeviceTaintRuleSpec Spec { get; set; } = new();

    [Field("status", 3)]
    public DeviceTaintRuleStatus Status { get; set; } = new();
}
