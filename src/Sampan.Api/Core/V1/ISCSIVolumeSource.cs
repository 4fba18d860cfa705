namespace Sampan.Api.Core.V1;

/// <summary>An iSCSI disk mounted directly in a pod; only one node at a time may write to it.</summary>
[ApiType("io.k8s.api.core.v1.ISCSIVolumeSource")]
public sealed partial class ISCSIVolumeSource : IApiType<ISCSIVolumeSource>
{
    /// <summary>Address of the iSCSI target, with :port if it is not 3260.</summary>
    [Field("targetPortal", 1, Required = true)]
    public string TargetPortal { get; set; } = "";

    /// <summary>Qualified name of the target, starting with iqn., eui. or naa.</summary>
    [Field("iqn", 2, Required = true)]
    public string Iqn { get; set; } = "";

    /// <summary>Logical unit number at the target, 0 to 255.</summary>
    [Field("lun", 3, Required = true)]
    public int Lun { get; set; }

    /// <summary>Interface of the node's initiator to use; default, which is plain TCP, when absent.</summary>
    [Field("iscsiInterface", 4, Default = "default")]
    public string? IscsiInterface { get; set; }

    /// <summary>Filesystem on the disk, such as ext4 or xfs; ext4 when absent.</summary>
    [Field("fsType", 5)]
    public string? FsType { get; set; }

    /// <summary>Makes every mount of the disk read-only.</summary>
    [Field("readOnly", 6)]
    public bool ReadOnly { get; set; }

    /// <summary>Further addresses of the target for multipath access, each with :port if it is not 3260.</summary>
    [Field("portals", 7, ListType = "atomic")]
    public List<string>? Portals { get; set; }

    /// <summary>Whether discovery of the target uses CHAP; needs a secret.</summary>
    [Field("chapAuthDiscovery", 8)]
    public bool ChapAuthDiscovery { get; set; }

    /// <summary>Whether the session with the target uses CHAP; needs a secret.</summary>
    [Field("chapAuthSession", 11)]
    public bool ChapAuthSession { get; set; }

    /// <summary>Secret in the pod's namespace with the CHAP names and passwords of target and initiator.</summary>
    [Field("secretRef", 10)]
    public LocalObjectReference? SecretRef { get; set; }

    /// <summary>Qualified name by which the node introduces itself, if not its usual one; gives the connection its own interface.</summary>
    [Field("initiatorName", 12, Pointer = true)]
    public string? InitiatorName { get; set; }
}
