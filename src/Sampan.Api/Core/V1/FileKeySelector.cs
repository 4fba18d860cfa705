namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.FileKeySelector", MapType = "atomic")]
public sealed partial class FileKeySelector : IApiType<FileKeySelector>
{
    [Field("volumeName", 1, Required = true)]
    public string VolumeName { get; set; } = "";

    [Field("path", 2, Required = true)]
    public string Path { get; set; } = "";

    [Field("key", 3, Required = true)]
    public string Key { get; set; } = "";

    [Field("optional", 4, Default = "false")]
    public bool? Optional { get; set; }
}
