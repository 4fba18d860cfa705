using System.Globalization;
using System.Numerics;
using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Common;

/// <summary>
/// Which pods to give up first: those that cost least. Unassigned before assigned, pending before running, not ready before ready,
/// then by the deletion cost annotation, crowded nodes, shorter readiness, more restarts (of sidecars last), younger age.
/// </summary>
internal sealed class DeletionRank : IComparer<Pod>
{
    private const string CostAnnotation = "controller.kubernetes.io/pod-deletion-cost";
    private readonly Dictionary<string, int> _perNode = [];
    private readonly DateTimeOffset _now;

    /// <param name="related">Active pods of the same workload, also those of its other revisions: they make a node crowded.</param>
    /// <param name="now">The moment at which ages are compared.</param>
    public DeletionRank(IEnumerable<Pod> related, DateTimeOffset now)
    {
        _now = now;
        foreach (var pod in related.Where(p => p.IsActive()))
        {
            var node = pod.Spec.NodeName ?? "";
            _perNode[node] = _perNode.GetValueOrDefault(node) + 1;
        }
    }

    public int Compare(Pod? x, Pod? y)
    {
        if (x is null || y is null) return 0;
        return FirstDifference(
            IsAssigned(x).CompareTo(IsAssigned(y)),
            Phase(x).CompareTo(Phase(y)),
            x.IsReady().CompareTo(y.IsReady()),
            Cost(x).CompareTo(Cost(y)),
            Crowd(y).CompareTo(Crowd(x)),
            x.IsReady() && y.IsReady() ? ByAge(ReadySince(x), ReadySince(y), x, y) : 0,
            y.Restarts().CompareTo(x.Restarts()),
            y.SidecarRestarts().CompareTo(x.SidecarRestarts()),
            ByAge(x.Metadata.CreationTimestamp, y.Metadata.CreationTimestamp, x, y));
    }

    private static int FirstDifference(params ReadOnlySpan<int> differences)
    {
        foreach (var difference in differences)
            if (difference != 0) return difference;
        return 0;
    }

    private static bool IsAssigned(Pod pod) => !string.IsNullOrEmpty(pod.Spec.NodeName);

    private static int Phase(Pod pod) => pod.Status.Phase switch { "Pending" => 0, "Unknown" => 1, "Running" => 2, _ => 0 };

    private static int Cost(Pod pod) =>
        pod.Metadata.Annotations?.GetValueOrDefault(CostAnnotation) is { } text && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var cost) ? cost : 0;

    private static Time? ReadySince(Pod pod) => pod.Condition("Ready")?.LastTransitionTime;

    private int Crowd(Pod pod) => _perNode.GetValueOrDefault(pod.Spec.NodeName ?? "");

    /// <summary>The younger first, by orders of magnitude: pods of about one age are taken in an order that looks random.</summary>
    private int ByAge(Time? x, Time? y, Pod xPod, Pod yPod)
    {
        if (x is null || y is null) return (y is null).CompareTo(x is null);
        if (x.Value == y.Value) return 0;
        var difference = Magnitude(x.Value).CompareTo(Magnitude(y.Value));
        return difference != 0 ? difference : string.CompareOrdinal(xPod.Metadata.Uid, yPod.Metadata.Uid);
    }

    private int Magnitude(Time time)
    {
        var nanoseconds = (_now - time.Value).Ticks * 100;
        return nanoseconds <= 0 ? -1 : BitOperations.Log2((ulong)nanoseconds);
    }
}
