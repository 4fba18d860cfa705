namespace Sampan.Api.Resource.V1;

[ApiType("io.k8s.api.resource.v1.DeviceSelector")]
public sealed partial class DeviceSelector : IApiType<DeviceSelector>
{
    [Field("cel", 1)]
    public CELDeviceSelector? Cel { get; set; }
}
