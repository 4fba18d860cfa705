namespace Sampan.Api.Resource.V1Beta1;

[ApiType("io.k8s.api.resource.v1beta1.DeviceRequestAllocationResult")]
public sealed partial class DeviceRequestAllocationResult : IApiType<DeviceRequestAllocationResult>
{
    [Field("request", 1, Required = true)]
    public string Request { get; set; } = "";

    [Field("driver", 2, Required = true)]
    public string Driver { get; set; } = "";

    [Field("pool", 3, Required = true)]
    public string Pool { get; set; } = "";

    [Field("device", 4, Required = true)]
    public string Device { get; set; } = "";

    [Field("adminAccess", 5)]
    public bool? AdminAccess { get; set; }

    [Field("tolerations", 6, ListType = "atomic")]
    public List<DeviceToleration>? Tolerations { get; set; }

    [Field("bindingConditions", 7, ListType = "atomic")]
    public List<string>? BindingConditions { get; set; }

    [Field("bindingFailureConditions", 8, ListType = "atomic")]
    public List<string>? BindingFailureConditions { get; set; }

    [Field("shareID", 9, Pointer = true)]
    public string? ShareID { get; set; }

    [Field("consumedCapacity", 10)]
    public Dictionary<string, Quantity>? ConsumedCapacity { get; set; }
}
