namespace Sampan.Api.Resource.V1Beta1;

[ApiType("io.k8s.api.resource.v1beta1.DeviceRequest")]
public sealed partial class DeviceRequest : IApiType<DeviceRequest>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>The class that the devices must belong to; not together with firstAvailable.</summary>
    [Field("deviceClassName", 2, Always = true, Default = "")]
    public string DeviceClassName { get; set; } = "";

    /// <summary>What each device must be beside what the class asks; all of these have to hold.</summary>
    [Field("selectors", 3, ListType = "atomic")]
    public List<DeviceSelector>? Selectors { get; set; }

    /// <summary>ExactCount (the default) for the number in count, All for every device that fits on a node.</summary>
    [Field("allocationMode", 4)]
    public string? AllocationMode { get; set; }

    /// <summary>How many devices; 1 when absent. Only with ExactCount.</summary>
    [Field("count", 5)]
    public long Count { get; set; }

    /// <summary>Asks for devices that others may be using, for administration; only in namespaces labelled for it.</summary>
    [Field("adminAccess", 6)]
    public bool? AdminAccess { get; set; }

    [Field("firstAvailable", 7, ListType = "atomic")]
    public List<DeviceSubRequest>? FirstAvailable { get; set; }

    /// <summary>Taints that the devices may have.</summary>
    [Field("tolerations", 8, ListType = "atomic")]
    public List<DeviceToleration>? Tolerations { get; set; }

    /// <summary>How much of each device's capacity is needed.</summary>
    [Field("capacity", 9)]
    public CapacityRequirements? Capacity { get; set; }
}
