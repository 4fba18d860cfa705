namespace Sampan.Api.Core.V1;

/// <summary>A volume filled from a Git repository; deprecated and switched off, clone in an init container instead.</summary>
[ApiType("io.k8s.api.core.v1.GitRepoVolumeSource")]
public sealed partial class GitRepoVolumeSource : IApiType<GitRepoVolumeSource>
{
    /// <summary>Address of the repository.</summary>
    [Field("repository", 1, Required = true)]
    public string Repository { get; set; } = "";

    /// <summary>Commit to check out; the default branch's latest when absent.</summary>
    [Field("revision", 2)]
    public string? Revision { get; set; }

    /// <summary>Directory of the volume to clone into; a dot means the volume itself. No .. elements.</summary>
    [Field("directory", 3)]
    public string? Directory { get; set; }
}
