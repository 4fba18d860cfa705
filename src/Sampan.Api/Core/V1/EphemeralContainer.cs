namespace Sampan.Api.Core.V1;

/// <summary>A container added to a running pod, most often for debugging.</summary>
[ApiType("io.k8s.api.core.v1.EphemeralContainer")]
public sealed partial class EphemeralContainer : IApiType<EphemeralContainer>
{
    [Field("name", 1, Embedded = [1], Required = true)]
    public string Name { get; set; } = "";

    [Field("image", 2, Embedded = [1])]
    public string? Image { get; set; }

    [Field("command", 3, Embedded = [1], ListType = "atomic")]
    public List<string>? Command { get; set; }

    [Field("args", 4, Embedded = [1], ListType = "atomic")]
    public List<string>? Args { get; set; }

    [Field("workingDir", 5, Embedded = [1])]
    public string? WorkingDir { get; set; }

    [Field("ports", 6, Embedded = [1], ListType = "map", ListKeys = ["containerPort", "protocol"], PatchStrategy = "merge", MergeKey = "containerPort")]
    public List<ContainerPort>? Ports { get; set; }

    [Field("envFrom", 19, Embedded = [1], ListType = "atomic")]
    public List<EnvFromSource>? EnvFrom { get; set; }

    [Field("env", 7, Embedded = [1], ListType = "map", ListKeys = ["name"], PatchStrategy = "merge", MergeKey = "name")]
    public List<EnvVar>? Env { get; set; }

    [Field("resources", 8, Embedded = [1])]
    public ResourceRequirements Resources { get; set; } = new();

    [Field("resizePolicy", 23, Embedded = [1], ListType = "atomic")]
    public List<ContainerResizePolicy>? ResizePolicy { get; set; }

    [Field("restartPolicy", 24, Embedded = [1], Pointer = true)]
    public string? RestartPolicy { get; set; }

    [Field("restartPolicyRules", 25, Embedded = [1], ListType = "atomic")]
    public List<ContainerRestartRule>? RestartPolicyRules { get; set; }

    [Field("volumeMounts", 9, Embedded = [1], ListType = "map", ListKeys = ["mountPath"], PatchStrategy = "merge", MergeKey = "mountPath")]
    public List<VolumeMount>? VolumeMounts { get; set; }

    [Field("volumeDevices", 21, Embedded = [1], ListType = "map", ListKeys = ["devicePath"], PatchStrategy = "merge", MergeKey = "devicePath")]
    public List<VolumeDevice>? VolumeDevices { get; set; }

    [Field("livenessProbe", 10, Embedded = [1])]
    public Probe? LivenessProbe { get; set; }

    [Field("readinessProbe", 11, Embedded = [1])]
    public Probe? ReadinessProbe { get; set; }

    [Field("startupProbe", 22, Embedded = [1])]
    public Probe? StartupProbe { get; set; }

    [Field("lifecycle", 12, Embedded = [1])]
    public Lifecycle? Lifecycle { get; set; }

    [Field("terminationMessagePath", 13, Embedded = [1])]
    public string? TerminationMessagePath { get; set; }

    [Field("terminationMessagePolicy", 20, Embedded = [1])]
    public string? TerminationMessagePolicy { get; set; }

    [Field("imagePullPolicy", 14, Embedded = [1])]
    public string? ImagePullPolicy { get; set; }

    [Field("securityContext", 15, Embedded = [1])]
    public SecurityContext? SecurityContext { get; set; }

    [Field("stdin", 16, Embedded = [1])]
    public bool Stdin { get; set; }

    [Field("stdinOnce", 17, Embedded = [1])]
    public bool StdinOnce { get; set; }

    [Field("tty", 18, Embedded = [1])]
    public bool Tty { get; set; }

    [Field("targetContainerName", 2)]
    public string? TargetContainerName { get; set; }
}
