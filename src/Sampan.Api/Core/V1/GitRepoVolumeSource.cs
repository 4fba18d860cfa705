namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.GitRepoVolumeSource")]
public sealed partial class GitRepoVolumeSource : IApiType<GitRepoVolumeSource>
{
    [Field("repository", 1, Required = true)]
    public string Repository { get; set; } = "";

    [Field("revision", 2)]
    public string? Revision { get; set; }

    [Field("directory", 3)]
    public string? Directory { get; set; }
}
