namespace Sampan.Api.Core.V1;

/// <summary>A file that shows one fact about the pod, or one resource value of a container.</summary>
[ApiType("io.k8s.api.core.v1.DownwardAPIVolumeFile")]
public sealed partial class DownwardAPIVolumeFile : IApiType<DownwardAPIVolumeFile>
{
    /// <summary>Where the file goes, relative to the volume; it must not contain .. elements.</summary>
    [Field("path", 1, Required = true)]
    public string Path { get; set; } = "";

    /// <summary>Field of the pod to write into the file: annotations, labels, name, namespace or uid.</summary>
    [Field("fieldRef", 2)]
    public ObjectFieldSelector? FieldRef { get; set; }

    /// <summary>Request or limit of a container to write into the file.</summary>
    [Field("resourceFieldRef", 3)]
    public ResourceFieldSelector? ResourceFieldRef { get; set; }

    /// <summary>Permission bits of this file, 0 to 0777 octal (511 decimal); the volume's default mode when absent.</summary>
    [Field("mode", 4)]
    public int? Mode { get; set; }
}
