namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.DownwardAPIVolumeFile")]
public sealed partial class DownwardAPIVolumeFile : IApiType<DownwardAPIVolumeFile>
{
    [Field("path", 1, Required = true)]
    public string Path { get; set; } = "";

    [Field("fieldRef", 2)]
    public ObjectFieldSelector? FieldRef { get; set; }

    [Field("resourceFieldRef", 3)]
    public ResourceFieldSelector? ResourceFieldRef { get; set; }

    [Field("mode", 4)]
    public int? Mode { get; set; }
}
