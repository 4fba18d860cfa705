namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.Container")]
public sealed partial class Container : IApiType<Container>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    [Field("image", 2)]
    public string? Image { get; set; }

    [Field("command", 3, ListType = "atomic")]
    public List<string>? Command { get; set; }

    [Field("args", 4, ListType = "atomic")]
    public List<string>? Args { get; set; }

    [Field("workingDir", 5)]
    public string? WorkingDir { get; set; }

    [Field("ports", 6, ListType = "map", ListKeys = ["containerPort", "protocol"], PatchStrategy = "merge", MergeKey = "containerPort")]
    public List<ContainerPort>? Ports { get; set; }

    [Field("envFrom", 19, ListType = "atomic")]
    public List<EnvFromSource>? EnvFrom { get; set; }

    [Field("env", 7, ListType = "map", ListKeys = ["name"], PatchStrategy = "merge", MergeKey = "name")]
    public List<EnvVar>? Env { get; set; }

    [Field("resources", 8)]
    public ResourceRequirements Resources { get; set; } = new();

    [Field("resizePolicy", 23, ListType = "atomic")]
    public List<ContainerResizePolicy>? ResizePolicy { get; set; }

    [Field("restartPolicy", 24, Pointer = true)]
    public string? RestartPolicy { get; set; }

    [Field("restartPolicyRules", 25, ListType = "atomic")]
    public List<ContainerRestartRule>? RestartPolicyRules { get; set; }

    [Field("volumeMounts", 9, ListType = "map", ListKeys = ["mountPath"], PatchStrategy = "merge", MergeKey = "mountPath")]
    public List<VolumeMount>? VolumeMounts { get; set; }

    [Field("volumeDevices", 21, ListType = "map", ListKeys = ["devicePath"], PatchStrategy = "merge", MergeKey = "devicePath")]
    public List<VolumeDevice>? VolumeDevices { get; set; }

    [Field("livenessProbe", 10)]
    public Probe? LivenessProbe { get; set; }

    [Field("readinessProbe", 11)]
    public Probe? ReadinessProbe { get; set; }

    [Field("startupProbe", 22)]
    public Probe? StartupProbe { get; set; }

    [Field("lifecycle", 12)]
    public Lifecycle? Lifecycle { get; set; }

    [Field("terminationMessagePath", 13)]
    public string? TerminationMessagePath { get; set; }

    [Field("terminationMessagePolicy", 20)]
    public string? TerminationMessagePolicy { get; set; }

    [Field("imagePullPolicy", 14)]
    public string? ImagePullPolicy { get; set; }

    [Field("securityContext", 15)]
    public SecurityContext? SecurityContext { get; set; }

    [Field("stdin", 16)]
    public bool Stdin { get; set; }

    [Field("stdinOnce", 17)]
    public bool StdinOnce { get; set; }

    [Field("tty", 18)]
    public bool Tty { get; set; }
}
