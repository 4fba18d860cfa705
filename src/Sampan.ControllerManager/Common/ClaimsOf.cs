using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Common;

/// <summary>Which PersistentVolumeClaims a pod uses; a generic ephemeral volume's is named after the pod and the volume.</summary>
internal static class ClaimsOf
{
    private const string Index = "claim";

    public static IEnumerable<string> Pod(Pod pod) => pod.Spec.Volumes.OrEmpty().Select(v => NameOf(pod, v)).OfType<string>();

    public static string? NameOf(Pod pod, Volume volume) =>
        volume.PersistentVolumeClaim?.ClaimName ?? (volume.Ephemeral is null ? null : $"{pod.Metadata.Name}-{volume.Name}");

    public static void AddIndex(Informer<Pod> pods) => pods.AddIndex(Index, p => Pod(p).Select(name => $"{p.Metadata.Namespace}/{name}"));

    public static IEnumerable<Pod> UsersOf(Informer<Pod> pods, PersistentVolumeClaim claim) =>
        pods.ByIndex(Index, $"{claim.Metadata.Namespace}/{claim.Metadata.Name}");
}
