using Sampan.Api.Core.V1;

namespace Sampan.Api.Resource.V1;

/// <summary>What a claim got, and where it can be used.</summary>
[ApiType("io.k8s.api.resource.v1.AllocationResult")]
public sealed partial class AllocationResult : IApiType<AllocationResult>
{
    /// <summary>The devices.</summary>
    [Field("devices", 1)]
    public DeviceAllocationResult Devices { get; set; } = new();

    /// <summary>Nodes on which the devices can be used; all when absent.</summary>
    [Field("nodeSelector", 3)]
    public NodeSelector? NodeSelector { get; set; }

    /// <summary>When the devices were given; the time limit for binding conditions counts from here.</summary>
    [Field("allocationTimestamp", 5, Pointer = true)]
    public Time? AllocationTimestamp { get; set; }
}
