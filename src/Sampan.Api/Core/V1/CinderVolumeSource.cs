namespace Sampan.Api.Core.V1;

/// <summary>An OpenStack Cinder disk mounted directly in a pod; deprecated, cinder.csi.openstack.org does the work.</summary>
[ApiType("io.k8s.api.core.v1.CinderVolumeSource")]
public sealed partial class CinderVolumeSource : IApiType<CinderVolumeSource>
{
    /// <summary>Identifier that Cinder gave the disk.</summary>
    [Field("volumeID", 1, Required = true)]
    public string VolumeID { get; set; } = "";

    /// <summary>Filesystem on the disk, such as ext4 or xfs; ext4 when absent.</summary>
    [Field("fsType", 2)]
    public string? FsType { get; set; }

    /// <summary>Makes every mount of the disk read-only.</summary>
    [Field("readOnly", 3)]
    public bool ReadOnly { get; set; }

    /// <summary>Secret in the pod's namespace with what is needed to sign in to OpenStack.</summary>
    [Field("secretRef", 4)]
    public LocalObjectReference? SecretRef { get; set; }
}
