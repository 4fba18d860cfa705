namespace Sampan.Api.Resource.V1;

[ApiType("io.k8s.api.resource.v1.DeviceConstraint")]
public sealed partial class DeviceConstraint : IApiType<DeviceConstraint>
{
    [Field("requests", 1, ListType = "atomic")]
    public List<string>? Requests { get; set; }

    [Field("matchAttribute", 2, Pointer = true)]
    public string? MatchAttribute { get; set; }

    [Field("distinctAttribute", 3, Pointer = true)]
    public string? DistinctAttribute { get; set; }
}
