namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.PersistentVolumeClaimStatus")]
public sealed partial class PersistentVolumeClaimStatus : IApiType<PersistentVolumeClaimStatus>
{
    [Field("phase", 1)]
    public string? Phase { get; set; }

    [Field("accessModes", 2, ListType = "atomic")]
    public List<string>? AccessModes { get; set; }

    [Field("capacity", 3)]
    public Dictionary<string, Quantity>? Capacity { get; set; }

    [Field("conditions", 4, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<PersistentVolumeClaimCondition>? Conditions { get; set; }

    [Field("allocatedResources", 5)]
    public Dictionary<string, Quantity>? AllocatedResources { get; set; }

    [Field("allocatedResourceStatuses", 7, MapType = "granular")]
    public Dictionary<string, string>? AllocatedResourceStatuses { get; set; }

    [Field("currentVolumeAttributesClassName", 8, Pointer = true)]
    public string? CurrentVolumeAttributesClassName { get; set; }

    [Field("modifyVolumeStatus", 9)]
    public ModifyVolumeStatus? ModifyVolumeStatus { get; set; }
}
