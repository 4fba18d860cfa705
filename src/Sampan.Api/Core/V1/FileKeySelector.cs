namespace Sampan.Api.Core.V1;

/// <summary>One variable of an env file that a container wrote into an emptyDir volume.</summary>
[ApiType("io.k8s.api.core.v1.FileKeySelector", MapType = "atomic")]
public sealed partial class FileKeySelector : IApiType<FileKeySelector>
{
    /// <summary>Volume of the pod in which the env file lies.</summary>
    [Field("volumeName", 1, Required = true)]
    public string VolumeName { get; set; } = "";

    /// <summary>The env file, relative to the volume and without .. elements.</summary>
    [Field("path", 2, Required = true)]
    public string Path { get; set; } = "";

    /// <summary>Variable in the env file whose value is used; at most 128 printable ASCII characters.</summary>
    [Field("key", 3, Required = true)]
    public string Key { get; set; } = "";

    /// <summary>If true, the variable is left out when the file lacks the key; otherwise the container does not start.</summary>
    [Field("optional", 4, Default = "false")]
    public bool? Optional { get; set; }
}
