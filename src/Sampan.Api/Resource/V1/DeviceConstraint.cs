namespace Sampan.Api.Resource.V1;

/// <summary>What several devices of a claim must have in common or must differ in.</summary>
[ApiType("io.k8s.api.resource.v1.DeviceConstraint")]
public sealed partial class DeviceConstraint : IApiType<DeviceConstraint>
{
    /// <summary>The requests whose devices are compared; all when empty.</summary>
    [Field("requests", 1, ListType = "atomic")]
    public List<string>? Requests { get; set; }

    /// <summary>The attribute, with its domain, that must have the same value in all devices.</summary>
    [Field("matchAttribute", 2, Pointer = true)]
    public string? MatchAttribute { get; set; }

    /// <summary>The attribute, with its domain, that must have another value in each device.</summary>
    [Field("distinctAttribute", 3, Pointer = true)]
    public string? DistinctAttribute { get; set; }
}
