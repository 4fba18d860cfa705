using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Stats;

namespace Sampan.Kubelet.Eviction;

/// <summary>Whether a pod keeps to its own limits of disk: those of its emptyDirs, of its containers and of the whole.</summary>
internal static class LocalStorageLimits
{
    private const string EphemeralStorage = "ephemeral-storage";

    /// <returns>What it exceeds, as its status tells; null when it keeps to all.</returns>
    public static string? Exceeded(PodStats pod) => EmptyDir(pod) ?? Whole(pod) ?? Container(pod);

    private static string? EmptyDir(PodStats stats) =>
        (from volume in stats.Pod.Spec.Volumes.OrEmpty()
         where volume.EmptyDir?.SizeLimit is { IsZero: false } limit && Used(stats, volume.Name) > limit.AsLong()
         select $"Usage of EmptyDir volume \"{volume.Name}\" exceeds the limit \"{volume.EmptyDir!.SizeLimit}\". ").FirstOrDefault();

    private static long Used(PodStats stats, string volume) => stats.Volumes.FirstOrDefault(v => v.Name == volume)?.Usage.Used ?? 0;

    private static string? Whole(PodStats stats) =>
        PodResources.Limit(stats.Pod, EphemeralStorage) is { IsZero: false } limit && stats.EphemeralStorage?.Used > limit.AsLong()
            ? $"Pod ephemeral local storage usage exceeds the total limit of containers {limit}. "
            : null;

    private static string? Container(PodStats stats) =>
        (from container in stats.Containers
         let limit = LimitOf(stats.Pod, container.Name)
         where !limit.IsZero && (container.RootFs?.Used ?? 0) + (container.Logs?.Used ?? 0) > limit.AsLong()
         select $"Container {container.Name} exceeded its local ephemeral storage limit \"{limit}\". ").FirstOrDefault();

    private static Quantity LimitOf(Pod pod, string container) =>
        pod.FindContainer(container) is { } found ? PodResources.Value(found.Resources.Limits, EphemeralStorage) : Quantity.Zero;
}
