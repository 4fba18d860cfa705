using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Runtime;

namespace Sampan.Kubelet.Pods;

/// <summary>What the kubelet often asks of a pod.</summary>
internal static class PodExtensions
{
    public const string Always = "Always";
    public const string OnFailure = "OnFailure";
    public const string Never = "Never";

    /// <summary><c>name_namespace(uid)</c>, as messages name a pod.</summary>
    public static string Describe(this Pod pod) => $"{pod.Metadata.Name}_{pod.Metadata.Namespace}({pod.Metadata.Uid})";

    public static string RestartPolicyOrDefault(this Pod pod) => pod.Spec.RestartPolicy is { Length: > 0 } policy ? policy : Always;

    /// <summary>An init container that keeps running beside the others: a sidecar.</summary>
    public static bool IsSidecar(this Container initContainer) => initContainer.RestartPolicy == Always;

    public static IEnumerable<Container> Sidecars(this Pod pod) => pod.Spec.InitContainers.OrEmpty().Where(IsSidecar);

    /// <summary>Init, main and ephemeral containers.</summary>
    public static IEnumerable<Container> AllContainers(this Pod pod) =>
        pod.Spec.InitContainers.OrEmpty().Concat(pod.Spec.Containers).Concat(pod.Spec.EphemeralContainers.OrEmpty().Select(ToContainer));

    /// <summary>The volumes that some container mounts, has as a device, or reads variables from. Others need not be there, nor be possible at all.</summary>
    public static IEnumerable<Volume> UsedVolumes(this Pod pod)
    {
        var used = pod.AllContainers()
            .SelectMany(c => c.VolumeMounts.OrEmpty().Select(m => (string?)m.Name)
                .Concat(c.VolumeDevices.OrEmpty().Select(d => d.Name))
                .Concat(c.Env.OrEmpty().Select(e => e.ValueFrom?.FileKeyRef?.VolumeName)))
            .ToHashSet();
        return pod.Spec.Volumes.OrEmpty().Where(v => used.Contains(v.Name));
    }

    public static Container? FindContainer(this Pod pod, string name) => pod.AllContainers().FirstOrDefault(c => c.Name == name);

    /// <summary>As metrics name what a container is to its pod.</summary>
    public static string KindOf(this Pod pod, string container) =>
        pod.Spec.InitContainers.OrEmpty().Any(c => c.Name == container) ? "init_container"
        : pod.Spec.EphemeralContainers.OrEmpty().Any(c => c.Name == container) ? "ephemeral_container"
        : "container";

    /// <summary>The path within the pod that events use: <c>spec.containers{web}</c>.</summary>
    public static string FieldPathOf(this Pod pod, string container) =>
        pod.Spec.InitContainers.OrEmpty().Any(c => c.Name == container) ? $"spec.initContainers{{{container}}}"
        : pod.Spec.EphemeralContainers.OrEmpty().Any(c => c.Name == container) ? $"spec.ephemeralContainers{{{container}}}"
        : $"spec.containers{{{container}}}";

    public static bool IsTerminal(this Pod pod) => pod.Status.Phase is "Succeeded" or "Failed";

    /// <summary>From a manifest on this node rather than from the API server.</summary>
    public static bool IsStatic(this Pod pod) =>
        pod.Metadata.Annotations.OrEmpty().TryGetValue(RuntimeLabels.ConfigSource, out var source) && source != "api";

    /// <summary>The API server's image of a static pod.</summary>
    public static bool IsMirror(this Pod pod) => pod.Metadata.Annotations.OrEmpty().ContainsKey(RuntimeLabels.ConfigMirror);

    public static TimeSpan GracePeriod(this Pod pod) =>
        TimeSpan.FromSeconds(pod.Metadata.DeletionGracePeriodSeconds ?? pod.Spec.TerminationGracePeriodSeconds ?? 30);

    /// <summary>An ephemeral container has a container's fields and a target.</summary>
    public static Container ToContainer(this EphemeralContainer e) => new()
    {
        Name = e.Name,
        Image = e.Image,
        Command = e.Command,
        Args = e.Args,
        WorkingDir = e.WorkingDir,
        EnvFrom = e.EnvFrom,
        Env = e.Env,
        Resources = e.Resources,
        VolumeMounts = e.VolumeMounts,
        VolumeDevices = e.VolumeDevices,
        TerminationMessagePath = e.TerminationMessagePath,
        TerminationMessagePolicy = e.TerminationMessagePolicy,
        ImagePullPolicy = e.ImagePullPolicy,
        SecurityContext = e.SecurityContext,
        Stdin = e.Stdin,
        StdinOnce = e.StdinOnce,
        Tty = e.Tty,
    };
}
