namespace Sampan.Api.Resource.V1;

/// <summary>Devices of a class, and how many of them.</summary>
[ApiType("io.k8s.api.resource.v1.ExactDeviceRequest")]
public sealed partial class ExactDeviceRequest : IApiType<ExactDeviceRequest>
{
    /// <summary>The class that the devices must belong to.</summary>
    [Field("deviceClassName", 1, Required = true)]
    public string DeviceClassName { get; set; } = "";

    /// <summary>What each device must be beside what the class asks; all of these have to hold.</summary>
    [Field("selectors", 2, ListType = "atomic")]
    public List<DeviceSelector>? Selectors { get; set; }

    /// <summary>ExactCount (the default) for the number in count, All for every device that fits on a node.</summary>
    [Field("allocationMode", 3)]
    public string? AllocationMode { get; set; }

    /// <summary>How many devices; 1 when absent. Only with ExactCount.</summary>
    [Field("count", 4)]
    public long Count { get; set; }

    /// <summary>Asks for devices that others may be using, for administration; only in namespaces labelled for it.</summary>
    [Field("adminAccess", 5)]
    public bool? AdminAccess { get; set; }

    /// <summary>Taints that the devices may have.</summary>
    [Field("tolerations", 6, ListType = "atomic")]
    public List<DeviceToleration>? Tolerations { get; set; }

    /// <summary>How much of each device's capacity is needed.</summary>
    [Field("capacity", 7)]
    public CapacityRequirements? Capacity { get; set; }
}
