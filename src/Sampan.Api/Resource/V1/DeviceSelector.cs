namespace Sampan.Api.Resource.V1;

/// <summary>What a device must be; exactly one way of saying so.</summary>
[ApiType("io.k8s.api.resource.v1.DeviceSelector")]
public sealed partial class DeviceSelector : IApiType<DeviceSelector>
{
    /// <summary>An expression about the device.</summary>
    [Field("cel", 1)]
    public CELDeviceSelector? Cel { get; set; }
}
