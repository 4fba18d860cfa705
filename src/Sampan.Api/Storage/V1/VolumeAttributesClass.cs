using Sampan.Api.Meta.V1;

namespace Sampan.Api.Storage.V1;

/// <summary>Changeable properties of a volume, such as its throughput, under one name.</summary>
[ApiType("io.k8s.api.storage.v1.VolumeAttributesClass")]
[Kind("storage.k8s.io", "v1", Plural = "volumeattributesclasses", Singular = "volumeattributesclass", ShortNames = ["vac"], Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class VolumeAttributesClass : IObject<VolumeAttributesClass>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>The CSI driver that understands the parameters; immutable.</summary>
    [Field("driverName", 2, Required = true)]
    public string DriverName { get; set; } = "";

    /// <summary>Settings of volumes, such as their speed, handed to the driver; at least one. Immutable.</summary>
    [Field("parameters", 3)]
    public Dictionary<string, string>? Parameters { get; set; }
}
