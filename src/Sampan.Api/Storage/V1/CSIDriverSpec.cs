namespace Sampan.Api.Storage.V1;

[ApiType("io.k8s.api.storage.v1.CSIDriverSpec")]
public sealed partial class CSIDriverSpec : IApiType<CSIDriverSpec>
{
    [Field("attachRequired", 1)]
    public bool? AttachRequired { get; set; }

    [Field("podInfoOnMount", 2)]
    public bool? PodInfoOnMount { get; set; }

    [Field("volumeLifecycleModes", 3, ListType = "set")]
    public List<string>? VolumeLifecycleModes { get; set; }

    [Field("storageCapacity", 4)]
    public bool? StorageCapacity { get; set; }

    [Field("fsGroupPolicy", 5, Pointer = true)]
    public string? FsGroupPolicy { get; set; }

    [Field("tokenRequests", 6, ListType = "atomic")]
    public List<TokenRequest>? TokenRequests { get; set; }

    [Field("requiresRepublish", 7)]
    public bool? RequiresRepublish { get; set; }

    [Field("seLinuxMount", 8)]
    public bool? SeLinuxMount { get; set; }

    [Field("nodeAllocatableUpdatePeriodSeconds", 9)]
    public long? NodeAllocatableUpdatePeriodSeconds { get; set; }

    [Field("serviceAccountTokenInSecrets", 10)]
    public bool? ServiceAccountTokenInSecrets { get; set; }

    [Field("preventPodSchedulingIfMissing", 11)]
    public bool? PreventPodSchedulingIfMissing { get; set; }
}
