using Sampan.Api.Core.V1;

namespace Sampan.Api.Resource.V1Beta2;

[ApiType("io.k8s.api.resource.v1beta2.AllocationResult")]
public sealed partial class AllocationResult : IApiType<AllocationResult>
{
    [Field("devices", 1)]
    public DeviceAllocationResult Devices { get; set; } = new();

    [Field("nodeSelector", 3)]
    public NodeSelector? NodeSelector { get; set; }

    [Field("allocationTimestamp", 5, Pointer = true)]
    public Time? AllocationTimestamp { get; set; }
}
