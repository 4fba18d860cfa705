namespace Sampan.Api.Resource.V1Beta2;

[ApiType("io.k8s.api.resource.v1beta2.DeviceTaintRuleSpec")]
public sealed partial class DeviceTaintRuleSpec : IApiType<DeviceTaintRuleSpec>
{
    [Field("deviceSelector", 1)]
    public DeviceTaintSelector? DeviceSelector { get; set; }

    [Field("taint", 2, Required = true)]
    public DeviceTaint Taint { get; set; } = new();
}
