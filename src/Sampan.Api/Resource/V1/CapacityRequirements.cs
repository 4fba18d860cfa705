namespace Sampan.Api.Resource.V1;

/// <summary>How much of a device's capacity is asked for.</summary>
[ApiType("io.k8s.api.resource.v1.CapacityRequirements")]
public sealed partial class CapacityRequirements : IApiType<CapacityRequirements>
{
    /// <summary>The amount by the capacity's name; a device without one of these capacities does not fit.</summary>
    [Field("requests", 1)]
    public Dictionary<string, Quantity>? Requests { get; set; }
}
