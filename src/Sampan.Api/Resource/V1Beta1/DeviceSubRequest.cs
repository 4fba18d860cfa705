namespace Sampan.Api.Resource.V1Beta1;

[ApiType("io.k8s.api.resource.v1beta1.DeviceSubRequest")]
public sealed partial class DeviceSubRequest : IApiType<DeviceSubRequest>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    [Field("deviceClassName", 2, Required = true)]
    public string DeviceClassName { get; set; } = "";

    [Field("selectors", 3, ListType = "atomic")]
    public List<DeviceSelector>? Selectors { get; set; }

    [Field("allocationMode", 4)]
    public string? AllocationMode { get; set; }

    [Field("count", 5)]
    public long Count { get; set; }

    [Field("tolerations", 7, ListType = "atomic")]
    public List<DeviceToleration>? Tolerations { get; set; }

    [Field("capacity", 8)]
    public CapacityRequirements? Capacity { get; set; }
}
