namespace Sampan.Api.Core.V1;

/// <summary>Parameters for attaching to the main process of a running container.</summary>
[ApiType("io.k8s.api.core.v1.PodAttachOptions")]
[Kind("", "v1")]
public sealed partial class PodAttachOptions : ITyped<PodAttachOptions>
{
    /// <summary>Whether to send input to the container; false when absent.</summary>
    [Field("stdin", 1)]
    public bool Stdin { get; set; }

    /// <summary>Whether to receive the container's output; true when absent.</summary>
    [Field("stdout", 2)]
    public bool Stdout { get; set; }

    /// <summary>Whether to receive the container's error output; true when absent.</summary>
    [Field("stderr", 3)]
    public bool Stderr { get; set; }

    /// <summary>Whether to use the container's terminal; false when absent.</summary>
    [Field("tty", 4)]
    public bool Tty { get; set; }

    /// <summary>Container to attach to; may be left out if the pod has only one.</summary>
    [Field("container", 5)]
    public string? Container { get; set; }
}
