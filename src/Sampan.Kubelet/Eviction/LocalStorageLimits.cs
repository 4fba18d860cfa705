using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Stats;

namespace Sampan.Kubelet.Eviction;

/// <summary>Whether a pod keeps to its own limits of disk: those of its emptyDirs, of its containers and of the whole.</summary>
internal static class LocalStorageLimits
{
    private const string EphemeralStorage = "ephemeral-storage";

    /// <returns>What it exceeds, as metrics name it and as its status tells; null when it keeps to all.</returns>
    public static (string Limit, string Message)? Exceeded(PodStats pod, Disks disks) =>
        EmptyDir(pod) is { } volume ? ("emptydirfs.limit", volume)
        : Whole(pod) is { } whole ? ("ephemeralpodfs.limit", whole)
        : Container(pod, disks) is { } container ? ("ephemeralcontainerfs.limit", container)
        : null;

    private static string? EmptyDir(PodStats stats) =>
        (from volume in stats.Pod.Spec.Volumes.OrEmpty()
         where volume.EmptyDir?.SizeLimit is { IsZero: false } limit && Used(stats, volume.Name) > limit.AsLong()
         select $"Usage of EmptyDir volume \"{volume.Name}\" exceeds the limit \"{volume.EmptyDir!.SizeLimit}\". ").FirstOrDefault();

    private static long Used(PodStats stats, string volume) => stats.Volumes.FirstOrDefault(v => v.Name == volume)?.Usage.Used ?? 0;

    private static string? Whole(PodStats stats) =>
        PodResources.Limit(stats.Pod, EphemeralStorage) is { IsZero: false } limit && stats.EphemeralStorage?.Used > limit.AsLong()
            ? $"Pod ephemeral local storage usage exceeds the total limit of containers {limit}. "
            : null;

    private static string? Container(PodStats stats, Disks disks) =>
        (from container in stats.Containers
         let limit = LimitOf(stats.Pod, container.Name)
         where !limit.IsZero && disks.Used(container) > limit.AsLong()
         select $"Container {container.Name} exceeded its local ephemeral storage limit \"{limit}\". ").FirstOrDefault();

    private static Quantity LimitOf(Pod pod, string container) =>
        pod.FindContainer(container) is { } found ? PodResources.Value(found.Resources.Limits, EphemeralStorage) : Quantity.Zero;
}
