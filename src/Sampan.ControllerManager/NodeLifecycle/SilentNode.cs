using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.NodeLifecycle;

/// <summary>The conditions of a node from which nothing is heard.</summary>
internal static class SilentNode
{
    private static readonly string[] Conditions = ["Ready", "MemoryPressure", "DiskPressure", "PIDPressure"];

    public static void Apply(Node node, DateTimeOffset now)
    {
        var list = node.Status.Conditions ??= [];
        foreach (var type in Conditions)
        {
            if (list.Find(c => c.Type == type) is not { } known)
            {
                list.Add(new NodeCondition
                {
                    Type = type,
                    Status = "Unknown",
                    Reason = "NodeStatusNeverUpdated",
                    Message = "Kubelet never posted node status.",
                    LastHeartbeatTime = node.Metadata.CreationTimestamp,
                    LastTransitionTime = now,
                });
            }
            else if (known.Status != "Unknown")
            {
                known.Status = "Unknown";
                known.Reason = "NodeStatusUnknown";
                known.Message = "Kubelet stopped posting node status.";
                known.LastTransitionTime = now;
            }
        }
    }
}
