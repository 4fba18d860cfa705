namespace Sampan.Api.Core.V1;

/// <summary>What has become of a claim.</summary>
[ApiType("io.k8s.api.core.v1.PersistentVolumeClaimStatus")]
public sealed partial class PersistentVolumeClaimStatus : IApiType<PersistentVolumeClaimStatus>
{
    /// <summary>Pending (no volume yet), Bound, or Lost (its volume is gone).</summary>
    [Field("phase", 1)]
    public string? Phase { get; set; }

    /// <summary>Ways in which the bound volume can be used.</summary>
    [Field("accessModes", 2, ListType = "atomic")]
    public List<string>? AccessModes { get; set; }

    /// <summary>What the bound volume really offers, under the key storage.</summary>
    [Field("capacity", 3)]
    public Dictionary<string, Quantity>? Capacity { get; set; }

    /// <summary>Observations about the claim, such as an expansion under way.</summary>
    [Field("conditions", 4, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<PersistentVolumeClaimCondition>? Conditions { get; set; }

    /// <summary>Size that an expansion is heading for, under the key storage; quota counts it if it exceeds the request.</summary>
    [Field("allocatedResources", 5)]
    public Dictionary<string, Quantity>? AllocatedResources { get; set; }

    /// <summary>
    /// Stage of an expansion, by resource, such as ControllerResizeInProgress or NodeResizePending; absent when none is under way.
    /// </summary>
    [Field("allocatedResourceStatuses", 7, MapType = "granular")]
    public Dictionary<string, string>? AllocatedResourceStatuses { get; set; }

    /// <summary>VolumeAttributesClass that the volume follows at present; absent if none.</summary>
    [Field("currentVolumeAttributesClassName", 8, Pointer = true)]
    public string? CurrentVolumeAttributesClassName { get; set; }

    /// <summary>Progress of a change to another VolumeAttributesClass; absent when there is none to make.</summary>
    [Field("modifyVolumeStatus", 9)]
    public ModifyVolumeStatus? ModifyVolumeStatus { get; set; }
}
