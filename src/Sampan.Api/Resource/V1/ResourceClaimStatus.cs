namespace Sampan.Api.Resource.V1;

/// <summary>What a claim got and who uses it.</summary>
[ApiType("io.k8s.api.resource.v1.ResourceClaimStatus")]
public sealed partial class ResourceClaimStatus : IApiType<ResourceClaimStatus>
{
    /// <summary>The devices that were given; absent while nothing is.</summary>
    [Field("allocation", 1)]
    public AllocationResult? Allocation { get; set; }

    /// <summary>Who may use the devices now; at most 256. They are not taken back while this holds somebody.</summary>
    [Field("reservedFor", 2, ListType = "map", ListKeys = ["uid"], PatchStrategy = "merge", MergeKey = "uid")]
    public List<ResourceClaimConsumerReference>? ReservedFor { get; set; }

    /// <summary>What drivers tell of the devices.</summary>
    [Field("devices", 4, ListType = "map", ListKeys = ["driver", "device", "pool", "shareID"])]
    public List<AllocatedDeviceStatus>? Devices { get; set; }
}
