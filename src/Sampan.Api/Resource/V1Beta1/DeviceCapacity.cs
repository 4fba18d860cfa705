namespace Sampan.Api.Resource.V1Beta1;

[ApiType("io.k8s.api.resource.v1beta1.DeviceCapacity")]
public sealed partial class DeviceCapacity : IApiType<DeviceCapacity>
{
    [Field("value", 1, Required = true)]
    public Quantity Value { get; set; }

    [Field("requestPolicy", 2)]
    public CapacityRequestPolicy? RequestPolicy { get; set; }
}
