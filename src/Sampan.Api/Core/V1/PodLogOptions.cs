namespace Sampan.Api.Core.V1;

/// <summary>Parameters for reading the log of a container.</summary>
[ApiType("io.k8s.api.core.v1.PodLogOptions")]
[Kind("", "v1")]
public sealed partial class PodLogOptions : ITyped<PodLogOptions>
{
    /// <summary>Container whose log to read; may be left out if the pod has only one.</summary>
    [Field("container", 1)]
    public string? Container { get; set; }

    /// <summary>Whether to keep the connection open and send new lines as they come; false when absent.</summary>
    [Field("follow", 2)]
    public bool Follow { get; set; }

    /// <summary>Whether to read the log of the run before the last restart; false when absent.</summary>
    [Field("previous", 3)]
    public bool Previous { get; set; }

    /// <summary>Leaves out lines older than this many seconds; excludes a start time.</summary>
    [Field("sinceSeconds", 4)]
    public long? SinceSeconds { get; set; }

    /// <summary>Leaves out lines from before this time; excludes an age in seconds.</summary>
    [Field("sinceTime", 5, Pointer = true)]
    public Time? SinceTime { get; set; }

    /// <summary>Whether each line starts with the time at which it was written; false when absent.</summary>
    [Field("timestamps", 6)]
    public bool Timestamps { get; set; }

    /// <summary>How many lines from the end to send; the whole log when absent. Excludes choosing a single stream.</summary>
    [Field("tailLines", 7)]
    public long? TailLines { get; set; }

    /// <summary>Bytes after which the answer ends, even within a line; no limit when absent.</summary>
    [Field("limitBytes", 8)]
    public long? LimitBytes { get; set; }

    /// <summary>Whether to skip the check of the kubelet's certificate; the log may then come from an impostor.</summary>
    [Field("insecureSkipTLSVerifyBackend", 9)]
    public bool InsecureSkipTLSVerifyBackend { get; set; }

    /// <summary>Which output to send: All (the default), Stdout or Stderr.</summary>
    [Field("stream", 10, Pointer = true)]
    public string? Stream { get; set; }
}
