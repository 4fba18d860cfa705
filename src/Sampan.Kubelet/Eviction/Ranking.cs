using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Stats;

namespace Sampan.Kubelet.Eviction;

/// <summary>
/// Which pod goes first when the node runs short: those that use more than they asked for, then those of the lowest priority,
/// then those that use the most beyond their request.
/// </summary>
/// <remarks>Upstream: pkg/kubelet/eviction, the rank functions.</remarks>
internal static class Ranking
{
    private const int SystemCritical = 2_000_000_000;

    /// <summary>Nobody asks for processes, so that nobody has too many of them: there the priority alone comes first.</summary>
    public static IEnumerable<PodStats> Order(string signal, IEnumerable<PodStats> pods, Disks disks) => pods
        .Where(p => !IsCritical(p.Pod))
        .OrderByDescending(p => signal != Signal.PidAvailable && Excess(signal, p, disks) > 0)
        .ThenBy(p => p.Pod.Spec.Priority ?? 0)
        .ThenByDescending(p => Excess(signal, p, disks));

    /// <summary>Pods without which the node is none stay, whatever they use.</summary>
    public static bool IsCritical(Pod pod) => pod.IsStatic() || pod.IsMirror() || pod.Spec.Priority >= SystemCritical;

    private static long UsageOf(string signal, PodStats pod, Disks disks) => signal switch
    {
        Signal.MemoryAvailable or Signal.AllocatableMemory => pod.Memory?.WorkingSet ?? 0,
        Signal.PidAvailable => pod.Processes ?? 0,
        Signal.NodeFsInodesFree or Signal.ImageFsInodesFree => disks.Used(signal, pod, fs => fs.InodesUsed),
        _ => disks.Used(signal, pod, fs => fs.Used),
    };

    private static long Excess(string signal, PodStats pod, Disks disks) => UsageOf(signal, pod, disks) - (signal switch
    {
        Signal.MemoryAvailable or Signal.AllocatableMemory => PodResources.Request(pod.Pod, PodResources.Memory).AsLong(),
        Signal.NodeFsAvailable or Signal.ImageFsAvailable => PodResources.Request(pod.Pod, "ephemeral-storage").AsLong(),
        _ => 0,
    });
}
