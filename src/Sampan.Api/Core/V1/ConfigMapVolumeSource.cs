namespace Sampan.Api.Core.V1;

/// <summary>A volume with the entries of a ConfigMap as files; changes of the ConfigMap reach the files later.</summary>
[ApiType("io.k8s.api.core.v1.ConfigMapVolumeSource")]
public sealed partial class ConfigMapVolumeSource : IApiType<ConfigMapVolumeSource>
{
    /// <summary>ConfigMap to take the files from, in the pod's own namespace.</summary>
    [Field("name", 1, Embedded = [1], Default = "")]
    public string? Name { get; set; }

    /// <summary>Keys to project and the files they become; every key under its own name when empty.</summary>
    [Field("items", 2, ListType = "atomic")]
    public List<KeyToPath>? Items { get; set; }

    /// <summary>Permission bits of files that set none, 0 to 0777 octal (511 decimal); 0644 by default.</summary>
    [Field("defaultMode", 3)]
    public int? DefaultMode { get; set; }

    /// <summary>If true, a missing ConfigMap or entry does not stop the pod from starting.</summary>
    [Field("optional", 4)]
    public bool? Optional { get; set; }
}
