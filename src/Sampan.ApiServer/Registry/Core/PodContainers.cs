using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>All containers of a pod with their places, in the order in which upstream visits them.</summary>
internal static class PodContainers
{
    public static IEnumerable<(Container Container, FieldPath Path)> Of(PodSpec spec, FieldPath path)
    {
        foreach (var (index, container) in spec.InitContainers.OrEmpty().Index())
        {
            yield return (container, path.Child("initContainers").Index(index));
        }
        foreach (var (index, container) in spec.Containers.Index())
        {
            yield return (container, path.Child("containers").Index(index));
        }
        foreach (var (index, container) in spec.EphemeralContainers.OrEmpty().Index())
        {
            yield return (AsContainer(container), path.Child("ephemeralContainers").Index(index));
        }
    }

    /// <summary>What an ephemeral container has in common with the others; its parts are shared, not copied.</summary>
    public static Container AsContainer(EphemeralContainer one) => new()
    {
        Name = one.Name,
        Image = one.Image,
        Command = one.Command,
        Args = one.Args,
        WorkingDir = one.WorkingDir,
        Ports = one.Ports,
        EnvFrom = one.EnvFrom,
        Env = one.Env,
        Resources = one.Resources,
        ResizePolicy = one.ResizePolicy,
        RestartPolicy = one.RestartPolicy,
        RestartPolicyRules = one.RestartPolicyRules,
        VolumeMounts = one.VolumeMounts,
        VolumeDevices = one.VolumeDevices,
        LivenessProbe = one.LivenessProbe,
        ReadinessProbe = one.ReadinessProbe,
        StartupProbe = one.StartupProbe,
        Lifecycle = one.Lifecycle,
        TerminationMessagePath = one.TerminationMessagePath,
        TerminationMessagePolicy = one.TerminationMessagePolicy,
        ImagePullPolicy = one.ImagePullPolicy,
        SecurityContext = one.SecurityContext,
        Stdin = one.Stdin,
        StdinOnce = one.StdinOnce,
        Tty = one.Tty,
    };

    /// <summary>Whether an init container goes on running beside the others.</summary>
    public static bool IsSidecar(Container container) => container.RestartPolicy == "Always";
}
