namespace Sampan.Api.Resource.V1Beta2;

[ApiType("io.k8s.api.resource.v1beta2.DeviceClaim")]
public sealed partial class DeviceClaim : IApiType<DeviceClaim>
{
    [Field("requests", 1, ListType = "atomic")]
    public List<DeviceRequest>? Requests { get; set; }

    [Field("constraints", 2, ListType = "atomic")]
    public List<DeviceConstraint>? Constraints { get; set; }

    [Field("config", 3, ListType = "atomic")]
    public List<DeviceClaimConfiguration>? Config { get; set; }
}
