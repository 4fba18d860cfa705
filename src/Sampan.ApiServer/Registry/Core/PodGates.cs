using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>
/// Takes out of a pod, or of a template, what belongs to features that are off by default, unless what was stored before uses them.
/// Off in v1.36: ContainerStopSignals, ClusterTrustBundleProjection, PodCertificateRequest, GenericWorkload.
/// Upstream: pkg/api/pod, dropDisabledFields.
/// </summary>
internal static class PodGates
{
    public static void Apply(PodSpec? spec, PodSpec? old)
    {
        if (spec is null)
        {
            return;
        }
        if (!Uses(old, container => container.Lifecycle?.StopSignal is not null))
        {
            StopSignals(spec);
        }
        var sources = spec.Volumes.OrEmpty().SelectMany(volume => (volume.Projected?.Sources).OrEmpty()).ToList();
        var stored = (old?.Volumes).OrEmpty().SelectMany(volume => (volume.Projected?.Sources).OrEmpty()).ToList();
        foreach (var source in sources)
        {
            source.ClusterTrustBundle = stored.Exists(one => one.ClusterTrustBundle is not null) ? source.ClusterTrustBundle : null;
            source.PodCertificate = stored.Exists(one => one.PodCertificate is not null) ? source.PodCertificate : null;
        }
        if (old?.SchedulingGroup is null)
        {
            spec.SchedulingGroup = null;
        }
    }

    private static void StopSignals(PodSpec spec)
    {
        IEnumerable<Lifecycle?> all =
        [
            .. spec.InitContainers.OrEmpty().Select(one => one.Lifecycle), .. spec.Containers.Select(one => one.Lifecycle),
            .. spec.EphemeralContainers.OrEmpty().Select(one => one.Lifecycle),
        ];
        foreach (var lifecycle in all)
        {
            lifecycle?.StopSignal = null;
        }
    }

    private static bool Uses(PodSpec? spec, Func<Container, bool> uses) =>
        spec is not null && PodContainers.Of(spec, FieldPath.Of("spec")).Any(one => uses(one.Container));
}
