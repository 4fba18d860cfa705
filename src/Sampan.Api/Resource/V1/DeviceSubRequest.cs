namespace Sampan.Api.Resource.V1;

/// <summary>One of the alternatives of a request.</summary>
[ApiType("io.k8s.api.resource.v1.DeviceSubRequest")]
public sealed partial class DeviceSubRequest : IApiType<DeviceSubRequest>
{
    /// <summary>The alternative's name, unique in its request.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>The class that the devices must belong to.</summary>
    [Field("deviceClassName", 2, Required = true)]
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

    /// <summary>Taints that the devices may have.</summary>
    [Field("tolerations", 6, ListType = "atomic")]
    public List<DeviceToleration>? Tolerations { get; set; }

    /// <summary>How much of each device's capacity is needed.</summary>
    [Field("capacity", 7)]
    public CapacityRequirements? Capacity { get; set; }
}
