using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.NodeLifecycle;

/// <summary>Which taints a node's conditions mean.</summary>
internal static class NodeTaints
{
    public const string NotReady = "node.kubernetes.io/not-ready";
    public const string Unreachable = "node.kubernetes.io/unreachable";
    private const string Unschedulable = "node.kubernetes.io/unschedulable";

    private static readonly (string Condition, string Status, string Taint)[] ByCondition =
    [
        ("Ready", "False", NotReady),
        ("Ready", "Unknown", Unreachable),
        ("MemoryPressure", "True", "node.kubernetes.io/memory-pressure"),
        ("DiskPressure", "True", "node.kubernetes.io/disk-pressure"),
        ("PIDPressure", "True", "node.kubernetes.io/pid-pressure"),
        ("NetworkUnavailable", "True", "node.kubernetes.io/network-unavailable"),
    ];

    public static string? Ready(Node node) => node.Status.Conditions?.Find(c => c.Type == "Ready")?.Status;

    /// <summary>Brings the NoSchedule taints of conditions in line, and the NoExecute one if <paramref name="execute"/> is set.</summary>
    public static List<Taint> Wanted(Node node, string? execute, DateTimeOffset now)
    {
        var taints = node.Spec.Taints.OrEmpty().Where(t => !IsOurs(t)).ToList();
        foreach (var (condition, status, taint) in ByCondition)
        {
            if (node.Status.Conditions?.Find(c => c.Type == condition)?.Status == status) taints.Add(Keep(node, taint, "NoSchedule", now));
        }

        if (node.Spec.Unschedulable) taints.Add(Keep(node, Unschedulable, "NoSchedule", now));
        if (execute is not null) taints.Add(Keep(node, execute, "NoExecute", now));
        return taints;
    }

    public static string? CurrentExecute(Node node) =>
        node.Spec.Taints.OrEmpty().FirstOrDefault(t => t.Effect == "NoExecute" && t.Key is NotReady or Unreachable)?.Key;

    private static bool IsOurs(Taint taint) => taint.Effect switch
    {
        "NoSchedule" => taint.Key == Unschedulable || Array.Exists(ByCondition, c => c.Taint == taint.Key),
        "NoExecute" => taint.Key is NotReady or Unreachable,
        _ => false,
    };

    /// <summary>A taint that is there keeps the time at which it was added.</summary>
    private static Taint Keep(Node node, string key, string effect, DateTimeOffset now) =>
        node.Spec.Taints.OrEmpty().FirstOrDefault(t => t.Key == key && t.Effect == effect)
            ?? new Taint { Key = key, Effect = effect, TimeAdded = now };
}
