namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ISCSIPersistentVolumeSource")]
public sealed partial class ISCSIPersistentVolumeSource : IApiType<ISCSIPersistentVolumeSource>
{
    [Field("targetPortal", 1, Required = true)]
    public string TargetPortal { get; set; } = "";

    [Field("iqn", 2, Required = true)]
    public string Iqn { get; set; } = "";

    [Field("lun", 3, Required = true)]
    public int Lun { get; set; }

    [Field("iscsiInterface", 4, Default = "default")]
    public string? IscsiInterface { get; set; }

    [Field("fsType", 5)]
    public string? FsType { get; set; }

    [Field("readOnly", 6)]
    public bool ReadOnly { get; set; }

    [Field("portals", 7, ListType = "atomic")]
    public List<string>? Portals { get; set; }

    [Field("chapAuthDiscovery", 8)]
    public bool ChapAuthDiscovery { get; set; }

    [Field("chapAuthSession", 11)]
    public bool ChapAuthSession { get; set; }

    [Field("secretRef", 10)]
    public SecretReference? SecretRef { get; set; }

    [Field("initiatorName", 12, Pointer = true)]
    public string? InitiatorName { get; set; }
}
