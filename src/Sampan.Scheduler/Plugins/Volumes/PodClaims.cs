using Sampan.Api.Core.V1;
using Sampan.Api.Storage.V1;
using Sampan.Scheduler.Cache;

namespace Sampan.Scheduler.Plugins.Volumes;

/// <summary>The claims that a pod's volumes stand for.</summary>
internal static class PodClaims
{
    public const string WaitForFirstConsumer = "WaitForFirstConsumer";

    private const string ClassAnnotation = "volume.beta.kubernetes.io/storage-class";

    /// <summary>The claims' names; that of an ephemeral volume is made from the pod's and the volume's.</summary>
    public static IEnumerable<(string Name, bool IsEphemeral)> Names(Pod pod)
    {
        foreach (var volume in pod.Spec.Volumes.OrEmpty())
        {
            if (volume.PersistentVolumeClaim is { } source) yield return (source.ClaimName, false);
            else if (volume.Ephemeral is not null) yield return ($"{pod.Metadata.Name}-{volume.Name}", true);
        }
    }

    public static bool HasAny(Pod pod)
    {
        if (pod.Spec.Volumes is not { Count: > 0 } volumes) return false;
        foreach (var volume in volumes)
        {
            if (volume.PersistentVolumeClaim is not null || volume.Ephemeral is not null) return true;
        }
        return false;
    }

    /// <summary>Whether the pod's volumes stand for that claim.</summary>
    public static bool Uses(PodInfo pod, PersistentVolumeClaim claim) =>
        pod.Key.Namespace == claim.Metadata.Namespace && Names(pod.Pod).Any(used => used.Name == claim.Metadata.Name);

    /// <summary>The claim's class; the annotation of old times wins.</summary>
    public static string ClassOf(PersistentVolumeClaim claim) =>
        claim.Metadata.Annotations?.GetValueOrDefault(ClassAnnotation) ?? claim.Spec.StorageClassName ?? "";

    public static string ClassOf(PersistentVolume volume) =>
        volume.Metadata.Annotations?.GetValueOrDefault(ClassAnnotation) ?? volume.Spec.StorageClassName ?? "";

    public static bool WaitsForConsumer(StorageClass? storageClass) => storageClass?.VolumeBindingMode == WaitForFirstConsumer;
}
