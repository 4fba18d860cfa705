namespace Sampan.Api.Resource.V1Beta2;

[ApiType("io.k8s.api.resource.v1beta2.DeviceAllocationResult")]
public sealed partial class DeviceAllocationResult : IApiType<DeviceAllocationResult>
{
    [Field("results", 1, ListType = "atomic")]
    public List<DeviceRequestAllocationResult>? Results { get; set; }

    [Field("config", 2, ListType = "atomic")]
    public List<DeviceAllocationConfiguration>? Config { get; set; }
}
