namespace Sampan.Api.Storage.V1;

/// <summary>What a CSI driver can do and needs.</summary>
[ApiType("io.k8s.api.storage.v1.CSIDriverSpec")]
public sealed partial class CSIDriverSpec : IApiType<CSIDriverSpec>
{
    /// <summary>Whether volumes must be attached to a node before they are mounted; true when absent. Immutable.</summary>
    [Field("attachRequired", 1)]
    public bool? AttachRequired { get; set; }

    /// <summary>Whether the driver is told name, namespace, UID and service account of the pod; false when absent.</summary>
    [Field("podInfoOnMount", 2)]
    public bool? PodInfoOnMount { get; set; }

    /// <summary>Persistent (the default) for volumes of claims, Ephemeral for volumes written in a pod. Immutable.</summary>
    [Field("volumeLifecycleModes", 3, ListType = "set")]
    public List<string>? VolumeLifecycleModes { get; set; }

    /// <summary>Whether the scheduler looks at CSIStorageCapacity objects before it chooses a node; false when absent.</summary>
    [Field("storageCapacity", 4)]
    public bool? StorageCapacity { get; set; }

    /// <summary>Who sets the group of files: ReadWriteOnceWithFSType (the default), File for always, None for never.</summary>
    [Field("fsGroupPolicy", 5, Pointer = true)]
    public string? FsGroupPolicy { get; set; }

    /// <summary>Tokens of the pod's service account that the driver is given at each mount.</summary>
    [Field("tokenRequests", 6, ListType = "atomic")]
    public List<TokenRequest>? TokenRequests { get; set; }

    /// <summary>Whether the driver is called again and again for mounted volumes, to renew what it put there.</summary>
    [Field("requiresRepublish", 7)]
    public bool? RequiresRepublish { get; set; }

    /// <summary>Whether the driver supports mounting with an SELinux context; false when absent.</summary>
    [Field("seLinuxMount", 8)]
    public bool? SeLinuxMount { get; set; }

    /// <summary>
    /// Seconds after which the driver is asked again how many volumes a node takes, at least 10; only after failures when absent.
    /// </summary>
    [Field("nodeAllocatableUpdatePeriodSeconds", 9)]
    public long? NodeAllocatableUpdatePeriodSeconds { get; set; }

    /// <summary>Whether tokens are handed over among the secrets of a mount instead of its attributes; false when absent.</summary>
    [Field("serviceAccountTokenInSecrets", 10)]
    public bool? ServiceAccountTokenInSecrets { get; set; }

    /// <summary>Whether pods that need the driver stay away from nodes without it.</summary>
    [Field("preventPodSchedulingIfMissing", 11)]
    public bool? PreventPodSchedulingIfMissing { get; set; }
}
