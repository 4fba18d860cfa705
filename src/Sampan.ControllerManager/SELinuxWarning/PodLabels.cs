using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.SELinuxWarning;

/// <summary>With which SELinux labels a pod's containers mount its volumes.</summary>
internal static class PodLabels
{
    /// <summary>The labels by volume. A container's own options replace those of the pod as a whole.</summary>
    public static ILookup<string, string> Of(Pod pod) => Containers(pod)
        .SelectMany(c => c.Mounts.Select(m => (Volume: m.Name, Label: SELinuxLabel.Of(c.Security?.SeLinuxOptions ?? pod.Spec.SecurityContext?.SeLinuxOptions))))
        .Distinct().ToLookup(m => m.Volume, m => m.Label);

    private static IEnumerable<(IEnumerable<VolumeMount> Mounts, SecurityContext? Security)> Containers(Pod pod) =>
        pod.Spec.Containers.Concat(pod.Spec.InitContainers.OrEmpty()).Select(c => ((IEnumerable<VolumeMount>)c.VolumeMounts.OrEmpty(), c.SecurityContext))
            .Concat(pod.Spec.EphemeralContainers.OrEmpty().Select(c => ((IEnumerable<VolumeMount>)c.VolumeMounts.OrEmpty(), c.SecurityContext)));
}
