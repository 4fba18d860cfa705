namespace Sampan.Api.Core.V1;

/// <summary>One program of a pod: its image, command, ports, resources and probes.</summary>
[ApiType("io.k8s.api.core.v1.Container")]
public sealed partial class Container : IApiType<Container>
{
    /// <summary>The container's name, unique in the pod.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>The image to run.</summary>
    [Field("image", 2)]
    public string? Image { get; set; }

    /// <summary>Replaces the image's entry point; not run by a shell.</summary>
    [Field("command", 3, ListType = "atomic")]
    public List<string>? Command { get; set; }

    /// <summary>Replaces the image's arguments.</summary>
    [Field("args", 4, ListType = "atomic")]
    public List<string>? Args { get; set; }

    /// <summary>The directory in which the command starts.</summary>
    [Field("workingDir", 5)]
    public string? WorkingDir { get; set; }

    /// <summary>The ports the container listens on, for readers and for names to refer to.</summary>
    [Field("ports", 6, ListType = "map", ListKeys = ["containerPort", "protocol"], PatchStrategy = "merge", MergeKey = "containerPort")]
    public List<ContainerPort>? Ports { get; set; }

    /// <summary>ConfigMaps and Secrets whose every key becomes an environment variable.</summary>
    [Field("envFrom", 19, ListType = "atomic")]
    public List<EnvFromSource>? EnvFrom { get; set; }

    /// <summary>Environment variables.</summary>
    [Field("env", 7, ListType = "map", ListKeys = ["name"], PatchStrategy = "merge", MergeKey = "name")]
    public List<EnvVar>? Env { get; set; }

    /// <summary>What it is promised and may use at most.</summary>
    [Field("resources", 8)]
    public ResourceRequirements Resources { get; set; } = new();

    /// <summary>Per resource, whether the container restarts when its requests or limits change while it runs.</summary>
    [Field("resizePolicy", 23, ListType = "atomic")]
    public List<ContainerResizePolicy>? ResizePolicy { get; set; }

    /// <summary>
    /// When the container restarts: Always, OnFailure or Never; the pod's policy if absent. Always makes an init container a sidecar.
    /// </summary>
    [Field("restartPolicy", 24, Pointer = true)]
    public string? RestartPolicy { get; set; }

    /// <summary>
    /// Exceptions from the restart policy by exit code, the first match decides; at most 20, and the container's policy must be set.
    /// </summary>
    [Field("restartPolicyRules", 25, ListType = "atomic")]
    public List<ContainerRestartRule>? RestartPolicyRules { get; set; }

    /// <summary>The volumes it sees and where.</summary>
    [Field("volumeMounts", 9, ListType = "map", ListKeys = ["mountPath"], PatchStrategy = "merge", MergeKey = "mountPath")]
    public List<VolumeMount>? VolumeMounts { get; set; }

    /// <summary>Raw block volumes that the container sees as devices.</summary>
    [Field("volumeDevices", 21, ListType = "map", ListKeys = ["devicePath"], PatchStrategy = "merge", MergeKey = "devicePath")]
    public List<VolumeDevice>? VolumeDevices { get; set; }

    /// <summary>Restarts the container when it fails.</summary>
    [Field("livenessProbe", 10)]
    public Probe? LivenessProbe { get; set; }

    /// <summary>Takes the pod out of its Services while it fails.</summary>
    [Field("readinessProbe", 11)]
    public Probe? ReadinessProbe { get; set; }

    /// <summary>Holds back the other probes until it succeeds.</summary>
    [Field("startupProbe", 22)]
    public Probe? StartupProbe { get; set; }

    /// <summary>What to run after the start and before the end.</summary>
    [Field("lifecycle", 12)]
    public Lifecycle? Lifecycle { get; set; }

    /// <summary>File in which the container may leave a last message; /dev/termination-log by default, immutable.</summary>
    [Field("terminationMessagePath", 13)]
    public string? TerminationMessagePath { get; set; }

    /// <summary>
    /// Source of the last message: File (the default), or FallbackToLogsOnError to use the end of the log after a failure.
    /// </summary>
    [Field("terminationMessagePolicy", 20)]
    public string? TerminationMessagePolicy { get; set; }

    /// <summary>When the image is fetched: Always, IfNotPresent or Never.</summary>
    [Field("imagePullPolicy", 14)]
    public string? ImagePullPolicy { get; set; }

    /// <summary>Rights and restrictions of its processes.</summary>
    [Field("securityContext", 15)]
    public SecurityContext? SecurityContext { get; set; }

    /// <summary>Whether the container keeps an input stream to attach to; without it, reads meet end of file.</summary>
    [Field("stdin", 16)]
    public bool Stdin { get; set; }

    /// <summary>Whether the input stream closes for good after the first attached client leaves; needs stdin.</summary>
    [Field("stdinOnce", 17)]
    public bool StdinOnce { get; set; }

    /// <summary>Whether the container gets a terminal; needs stdin.</summary>
    [Field("tty", 18)]
    public bool Tty { get; set; }
}
