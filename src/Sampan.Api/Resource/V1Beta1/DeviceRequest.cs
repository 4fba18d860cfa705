namespace Sampan.Api.Resource.V1Beta1;

[ApiType("io.k8s.api.resource.v1beta1.DeviceRequest")]
public sealed partial class DeviceRequest : IApiType<DeviceRequest>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    [Field("deviceClassName", 2, Always = true, Default = "")]
    public string DeviceClassName { get; set; } = "";

    [Field("selectors", 3, ListType = "atomic")]
    public List<DeviceSelector>? Selectors { get; set; }

    [Field("allocationMode", 4)]
    public string? AllocationMode { get; set; }

    [Field("count", 5)]
    public long Count { get; set; }

    [Field("adminAccess", 6)]
    public bool? AdminAccess { get; set; }

    [Field("firstAvailable", 7, ListType = "atomic")]
    public List<DeviceSubRequest>? FirstAvailable { get; set; }

    [Field("tolerations", 8, ListType = "atomic")]
    public List<DeviceToleration>? Tolerations { get; set; }

    [Field("capacity", 9)]
    public CapacityRequirements? Capacity { get; set; }
}
