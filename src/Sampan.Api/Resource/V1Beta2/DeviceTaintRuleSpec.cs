namespace Sampan.Api.Resource.V1Beta2;

/// <summary>A taint and the devices that get it.</summary>
[ApiType("io.k8s.api.resource.v1beta2.DeviceTaintRuleSpec")]
public sealed partial class DeviceTaintRuleSpec : IApiType<DeviceTaintRuleSpec>
{
    /// <summary>The devices that get the taint; all when empty, none when absent.</summary>
    [Field("deviceSelector", 1)]
    public DeviceTaintSelector? DeviceSelector { get; set; }

    /// <summary>The taint.</summary>
    [Field("taint", 2, Required = true)]
    public DeviceTaint Taint { get; set; } = new();
}
