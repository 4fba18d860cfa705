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

    public static IEnumerable<PodStats> Order(string signal, IEnumerable<PodStats> pods) => pods
        .Where(p => !IsCritical(p.Pod))
        .OrderByDescending(p => Excess(signal, p) > 0)
        .ThenBy(p => p.Pod.Spec.Priority ?? 0)
        .ThenByDescending(p => Excess(signal, p));

    /// <summary>Pods without which the node is none stay, whatever they use.</summary>
    public static bool IsCritical(Pod pod) => pod.IsStatic() || pod.IsMirror() || pod.Spec.Priority >= SystemCritical;

    public static long UsageOf(string signal, PodStats pod) => signal switch
    {
        Signal.MemoryAvailable or Signal.AllocatableMemory => pod.Memory?.WorkingSet ?? 0,
        Signal.PidAvailable => pod.Processes ?? 0,
        Signal.NodeFsInodesFree or Signal.ImageFsInodesFree => pod.EphemeralStorage?.InodesUsed ?? 0,
        _ => pod.EphemeralStorage?.Used ?? 0,
    };

    private static long Excess(string signal, PodStats pod) => UsageOf(signal, pod) - (signal switch
    {
        Signal.MemoryAvailable or Signal.AllocatableMemory => PodResources.Request(pod.Pod, PodResources.Memory).AsLong(),
        Signal.NodeFsAvailable or Signal.ImageFsAvailable => PodResources.Request(pod.Pod, "ephemeral-storage").AsLong(),
        _ => 0,
    });
}
