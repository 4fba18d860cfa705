namespace Sampan.Api.Resource.V1Beta1;

[ApiType("io.k8s.api.resource.v1beta1.ResourceClaimStatus")]
public sealed partial class ResourceClaimStatus : IApiType<ResourceClaimStatus>
{
    [Field("allocation", 1)]
    public AllocationResult? Allocation { get; set; }

    [Field("reservedFor", 2, ListType = "map", ListKeys = ["uid"], PatchStrategy = "merge", MergeKey = "uid")]
    public List<ResourceClaimConsumerReference>? ReservedFor { get; set; }

    [Field("devices", 4, ListType = "map", ListKeys = ["driver", "device", "pool", "shareID"])]
    public List<AllocatedDeviceStatus>? Devices { get; set; }
}
