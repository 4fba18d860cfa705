namespace Sampan.Api.Core.V1;

/// <summary>A container added to a running pod, most often for debugging.</summary>
[ApiType("io.k8s.api.core.v1.EphemeralContainer")]
public sealed partial class EphemeralContainer : IApiType<EphemeralContainer>
{
    /// <summary>What the container is called; a DNS label unlike that of any other container in the pod.</summary>
    [Field("name", 1, Embedded = [1], Required = true)]
    public string Name { get; set; } = "";

    /// <summary>Image to run, usually one with debugging tools.</summary>
    [Field("image", 2, Embedded = [1])]
    public string? Image { get; set; }

    /// <summary>Program to run instead of the image's entrypoint, without a shell; $(VAR) is replaced by the variable.</summary>
    [Field("command", 3, Embedded = [1], ListType = "atomic")]
    public List<string>? Command { get; set; }

    /// <summary>Arguments for the program; the image's own when absent. $(VAR) is replaced by the variable.</summary>
    [Field("args", 4, Embedded = [1], ListType = "atomic")]
    public List<string>? Args { get; set; }

    /// <summary>Directory in which the program starts; the image's choice when absent.</summary>
    [Field("workingDir", 5, Embedded = [1])]
    public string? WorkingDir { get; set; }

    /// <summary>Not allowed here, since an ephemeral container cannot publish ports.</summary>
    [Field("ports", 6, Embedded = [1], ListType = "map", ListKeys = ["containerPort", "protocol"], PatchStrategy = "merge", MergeKey = "containerPort")]
    public List<ContainerPort>? Ports { get; set; }

    /// <summary>ConfigMaps and Secrets whose entries become variables; the last one wins if keys repeat.</summary>
    [Field("envFrom", 19, Embedded = [1], ListType = "atomic")]
    public List<EnvFromSource>? EnvFrom { get; set; }

    /// <summary>Environment variables, which take precedence over those from ConfigMaps and Secrets.</summary>
    [Field("env", 7, Embedded = [1], ListType = "map", ListKeys = ["name"], PatchStrategy = "merge", MergeKey = "name")]
    public List<EnvVar>? Env { get; set; }

    /// <summary>Not allowed here: the container lives on what the pod already has.</summary>
    [Field("resources", 8, Embedded = [1])]
    public ResourceRequirements Resources { get; set; } = new();

    /// <summary>Not allowed here, because there are no requests or limits to change.</summary>
    [Field("resizePolicy", 23, Embedded = [1], ListType = "atomic")]
    public List<ContainerResizePolicy>? ResizePolicy { get; set; }

    /// <summary>Not allowed here, because an ephemeral container never restarts.</summary>
    [Field("restartPolicy", 24, Embedded = [1], Pointer = true)]
    public string? RestartPolicy { get; set; }

    /// <summary>Not allowed here, for the same reason as a restart policy.</summary>
    [Field("restartPolicyRules", 25, Embedded = [1], ListType = "atomic")]
    public List<ContainerRestartRule>? RestartPolicyRules { get; set; }

    /// <summary>Volumes of the pod to mount; sub-paths are not allowed.</summary>
    [Field("volumeMounts", 9, Embedded = [1], ListType = "map", ListKeys = ["mountPath"], PatchStrategy = "merge", MergeKey = "mountPath")]
    public List<VolumeMount>? VolumeMounts { get; set; }

    /// <summary>Raw block volumes that the container sees as devices.</summary>
    [Field("volumeDevices", 21, Embedded = [1], ListType = "map", ListKeys = ["devicePath"], PatchStrategy = "merge", MergeKey = "devicePath")]
    public List<VolumeDevice>? VolumeDevices { get; set; }

    /// <summary>Not allowed here: nobody would restart the container.</summary>
    [Field("livenessProbe", 10, Embedded = [1])]
    public Probe? LivenessProbe { get; set; }

    /// <summary>Not allowed here: the container has no say in the pod's readiness.</summary>
    [Field("readinessProbe", 11, Embedded = [1])]
    public Probe? ReadinessProbe { get; set; }

    /// <summary>Not allowed here, as no other probe follows it.</summary>
    [Field("startupProbe", 22, Embedded = [1])]
    public Probe? StartupProbe { get; set; }

    /// <summary>Not allowed here: ephemeral containers have no hooks.</summary>
    [Field("lifecycle", 12, Embedded = [1])]
    public Lifecycle? Lifecycle { get; set; }

    /// <summary>File in which the container may leave a last message; /dev/termination-log by default.</summary>
    [Field("terminationMessagePath", 13, Embedded = [1])]
    public string? TerminationMessagePath { get; set; }

    /// <summary>
    /// Source of the last message: File (the default), or FallbackToLogsOnError to use the end of the log after a failure.
    /// </summary>
    [Field("terminationMessagePolicy", 20, Embedded = [1])]
    public string? TerminationMessagePolicy { get; set; }

    /// <summary>When to pull the image: Always (the default for the tag latest), IfNotPresent (otherwise) or Never.</summary>
    [Field("imagePullPolicy", 14, Embedded = [1])]
    public string? ImagePullPolicy { get; set; }

    /// <summary>User, privileges and confinement of the container, where they differ from the pod's.</summary>
    [Field("securityContext", 15, Embedded = [1])]
    public SecurityContext? SecurityContext { get; set; }

    /// <summary>Whether the container keeps an input stream to attach to; without it, reads meet end of file.</summary>
    [Field("stdin", 16, Embedded = [1])]
    public bool Stdin { get; set; }

    /// <summary>Whether the input stream closes for good after the first attached client leaves; needs stdin.</summary>
    [Field("stdinOnce", 17, Embedded = [1])]
    public bool StdinOnce { get; set; }

    /// <summary>Whether the container gets a terminal; needs stdin.</summary>
    [Field("tty", 18, Embedded = [1])]
    public bool Tty { get; set; }

    /// <summary>Container of the pod whose processes and namespaces the new one sees; its own when absent.</summary>
    [Field("targetContainerName", 2)]
    public string? TargetContainerName { get; set; }
}
