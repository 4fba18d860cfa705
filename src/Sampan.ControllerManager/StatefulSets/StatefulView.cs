using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.StatefulSets;

/// <summary>
/// One reconcile's view of a set's pods by ordinal. With start ordinal 1 and 2 replicas:
/// <code>
///   web-0        web-1  web-2        web-3
///   condemned    ──── slots ────     condemned
/// </code>
/// </summary>
internal sealed class StatefulView
{
    public StatefulView(StatefulSet set, List<Pod> pods, string currentRevision, string updateRevision, DateTimeOffset now)
    {
        (Set, Pods, CurrentRevision, UpdateRevision, Now) = (set, pods, currentRevision, updateRevision, now);
        Start = set.Spec.Ordinals?.Start ?? 0;
        Replicas = set.Spec.Replicas ?? 1;
        var byOrdinal = pods.ToDictionary(p => StatefulPods.OrdinalOf(set, p)!.Value);
        Slots = [.. Enumerable.Range(Start, Replicas).Select(i => new StatefulSlot(i, byOrdinal.GetValueOrDefault(i)))];
        Condemned = [.. byOrdinal.Where(p => p.Key < Start || p.Key >= Start + Replicas).OrderByDescending(p => p.Key).Select(p => p.Value)];
    }

    public StatefulSet Set { get; }

    public List<Pod> Pods { get; }

    /// <summary>The name of the revision that pods below the partition keep.</summary>
    public string CurrentRevision { get; }

    /// <summary>The name of the revision of the template now.</summary>
    public string UpdateRevision { get; }

    public DateTimeOffset Now { get; }

    public int Start { get; }

    public int Replicas { get; }

    /// <summary>Lowest ordinal first.</summary>
    public List<StatefulSlot> Slots { get; }

    /// <summary>Pods outside the wanted ordinals, highest first.</summary>
    public List<Pod> Condemned { get; }

    public bool IsOrdered => Set.Spec.PodManagementPolicy != "Parallel";

    public bool IsRolling => Set.Spec.UpdateStrategy.Type != "OnDelete";

    /// <summary>The first ordinal that a rolling update touches.</summary>
    public int Boundary => Start + (Set.Spec.UpdateStrategy.RollingUpdate?.Partition ?? 0);

    /// <summary>Running and ready, and to stay.</summary>
    public static bool IsHealthy(Pod pod) => pod.Metadata.DeletionTimestamp is null && pod.Status.Phase == "Running" && pod.IsReady();

    public bool IsAvailable(Pod pod) => IsHealthy(pod) && pod.IsAvailable(Set.Spec.MinReadySeconds, Now);

    /// <summary>The revision that a new pod of this ordinal is made from.</summary>
    public string RevisionFor(int ordinal) => IsRolling && ordinal < Boundary ? CurrentRevision : UpdateRevision;
}
