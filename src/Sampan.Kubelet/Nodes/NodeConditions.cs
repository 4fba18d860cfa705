using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Nodes;

/// <summary>The node's conditions from what is wrong with it.</summary>
internal static class NodeConditions
{
    public const string Ready = "Ready";

    /// <param name="problems">Why the node cannot run pods; none means ready.</param>
    /// <param name="isUnder">Whether a condition of pressure holds.</param>
    /// <param name="previous">Keeps the times of what did not change.</param>
    /// <param name="now">The time of this heartbeat.</param>
    public static List<NodeCondition> Create(IReadOnlyList<string> problems, Func<string, bool> isUnder, IReadOnlyList<NodeCondition> previous, DateTimeOffset now)
    {
        List<NodeCondition> conditions =
        [
            isUnder("MemoryPressure")
                ? New("MemoryPressure", "True", "KubeletHasInsufficientMemory", "kubelet has insufficient memory available")
                : New("MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
            isUnder("DiskPressure")
                ? New("DiskPressure", "True", "KubeletHasDiskPressure", "kubelet has disk pressure")
                : New("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
            isUnder("PIDPressure")
                ? New("PIDPressure", "True", "KubeletHasInsufficientPID", "kubelet has insufficient PID available")
                : New("PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
            problems.Count == 0
                ? New(Ready, "True", "KubeletReady", "kubelet is posting ready status")
                : New(Ready, "False", "KubeletNotReady", problems.Count == 1 ? problems[0] : $"[{string.Join(", ", problems)}]"),
        ];
        foreach (var condition in conditions)
        {
            var before = previous.FirstOrDefault(c => c.Type == condition.Type);
            condition.LastHeartbeatTime = now;
            condition.LastTransitionTime = before?.Status == condition.Status && before.LastTransitionTime is { } since ? since : now;
        }

        return conditions;
    }

    /// <summary>
    /// The reasons of the events that tell of what changed: <c>NodeReady</c>, <c>NodeHasDiskPressure</c>. Whether a new node is ready has
    /// not changed, it is only said for the first time.
    /// </summary>
    public static IEnumerable<string> Changes(IReadOnlyList<NodeCondition> before, IReadOnlyList<NodeCondition> now) => now
        .Where(condition => before.FirstOrDefault(b => b.Type == condition.Type) is { } last ? last.Status != condition.Status : condition.Type != Ready)
        .Select(condition => (condition.Type, condition.Status == "True") switch
        {
            ("MemoryPressure", true) => "NodeHasInsufficientMemory",
            ("MemoryPressure", false) => "NodeHasSufficientMemory",
            ("DiskPressure", true) => "NodeHasDiskPressure",
            ("DiskPressure", false) => "NodeHasNoDiskPressure",
            ("PIDPressure", true) => "NodeHasInsufficientPID",
            ("PIDPressure", false) => "NodeHasSufficientPID",
            (_, true) => "NodeReady",
            _ => "NodeNotReady",
        });

    private static NodeCondition New(string type, string status, string reason, string message) =>
        new() { Type = type, Status = status, Reason = reason, Message = message };
}
