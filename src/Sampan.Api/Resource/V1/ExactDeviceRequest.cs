namespace Sampan.Api.Resource.V1;

[ApiType("io.k8s.api.resource.v1.ExactDeviceRequest")]
public sealed partial class ExactDeviceRequest : IApiType<ExactDeviceRequest>
{
    [Field("deviceClassName", 1, Required = true)]
    public string DeviceClassName { get; set; } = "";

    [Field("selectors", 2, ListType = "atomic")]
    public List<DeviceSelector>? Selectors { get; set; }

    [Field("allocationMode", 3)]
    public string? AllocationMode { get; set; }

    [Field("count", 4)]
    public long Count { get; set; }

    [Field("adminAccess", 5)]
    public bool? AdminAccess { get; set; }

    [Field("tolerations", 6, ListType = "atomic")]
    public List<DeviceToleration>? Tolerations { get; set; }

    [Field("capacity", 7)]
    public CapacityRequirements? Capacity { get; set; }
}
