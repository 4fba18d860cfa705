namespace Sampan.Api.Resource.V1;

/// <summary>An amount that a device has, and how it may be shared out.</summary>
[ApiType("io.k8s.api.resource.v1.DeviceCapacity")]
public sealed partial class DeviceCapacity : IApiType<DeviceCapacity>
{
    /// <summary>How much there is.</summary>
    [Field("value", 1, Required = true)]
    public Quantity Value { get; set; }

    /// <summary>How much one request may take when the device is shared; any amount up to the whole when absent.</summary>
    [Field("requestPolicy", 2)]
    public CapacityRequestPolicy? RequestPolicy { get; set; }
}
