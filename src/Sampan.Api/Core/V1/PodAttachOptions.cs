namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.PodAttachOptions")]
[Kind("", "v1")]
public sealed partial class PodAttachOptions : ITyped<PodAttachOptions>
{
    [Field("stdin", 1)]
    public bool Stdin { get; set; }

    [Field("stdout", 2)]
    public bool Stdout { get; set; }

    [Field("stderr", 3)]
    public bool Stderr { get; set; }

    [Field("tty", 4)]
    public bool Tty { get; set; }

    [Field("container", 5)]
    public string? Container { get; set; }
}
