namespace Sampan.Api.Core.V1;

/// <summary>Parameters for running a command in a container.</summary>
[ApiType("io.k8s.api.core.v1.PodExecOptions")]
[Kind("", "v1")]
public sealed partial class PodExecOptions : ITyped<PodExecOptions>
{
    /// <summary>Whether to send input to the command; false when absent.</summary>
    [Field("stdin", 1)]
    public bool Stdin { get; set; }

    /// <summary>Whether to receive the command's output.</summary>
    [Field("stdout", 2)]
    public bool Stdout { get; set; }

    /// <summary>Whether to receive the command's error output.</summary>
    [Field("stderr", 3)]
    public bool Stderr { get; set; }

    /// <summary>Whether the command gets a terminal; false when absent.</summary>
    [Field("tty", 4)]
    public bool Tty { get; set; }

    /// <summary>Container to run the command in; may be left out if the pod has only one.</summary>
    [Field("container", 5)]
    public string? Container { get; set; }

    /// <summary>Program and its arguments, run without a shell.</summary>
    [Field("command", 6, Required = true)]
    public List<string> Command { get; set; } = [];
}
