namespace Sampan.Api.Resource.V1;

/// <summary>A device and the request that it is for.</summary>
[ApiType("io.k8s.api.resource.v1.DeviceRequestAllocationResult")]
public sealed partial class DeviceRequestAllocationResult : IApiType<DeviceRequestAllocationResult>
{
    /// <summary>The request, with the sub-request as request/sub-request where there were alternatives.</summary>
    [Field("request", 1, Required = true)]
    public string Request { get; set; } = "";

    /// <summary>The driver that the device belongs to, by its DNS name.</summary>
    [Field("driver", 2, Required = true)]
    public string Driver { get; set; } = "";

    /// <summary>The pool that the device is in.</summary>
    [Field("pool", 3, Required = true)]
    public string Pool { get; set; } = "";

    /// <summary>The device's name in its pool.</summary>
    [Field("device", 4, Required = true)]
    public string Device { get; set; } = "";

    /// <summary>Whether the device was given for administration, beside those who use it.</summary>
    [Field("adminAccess", 5)]
    public bool? AdminAccess { get; set; }

    /// <summary>The tolerations of the request, as they were when the device was given.</summary>
    [Field("tolerations", 6, ListType = "atomic")]
    public List<DeviceToleration>? Tolerations { get; set; }

    /// <summary>The device's binding conditions, as they were when it was given.</summary>
    [Field("bindingConditions", 7, ListType = "atomic")]
    public List<string>? BindingConditions { get; set; }

    /// <summary>The device's binding failure conditions, as they were when it was given.</summary>
    [Field("bindingFailureConditions", 8, ListType = "atomic")]
    public List<string>? BindingFailureConditions { get; set; }

    /// <summary>Tells apart the shares of a device that several claims use at once.</summary>
    [Field("shareID", 9, Pointer = true)]
    public string? ShareID { get; set; }

    /// <summary>How much of which capacity of a shared device this takes.</summary>
    [Field("consumedCapacity", 10)]
    public Dictionary<string, Quantity>? ConsumedCapacity { get; set; }
}
