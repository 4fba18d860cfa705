using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Eviction;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Admission;

/// <summary>
/// A node that runs short takes only critical pods in; one that is short of memory alone also pods that ask for memory, or
/// that bear its taint.
/// </summary>
internal static class PressureAdmission
{
    private const string Memory = "MemoryPressure";
    private static readonly string[] Conditions = [Memory, "DiskPressure", "PIDPressure"];

    private static readonly Node Tainted = new() { Spec = new() { Taints = [new() { Key = "node.kubernetes.io/memory-pressure", Effect = "NoSchedule" }] } };

    public static PodTermination? Check(Pod pod, NodePressure pressure)
    {
        var present = Conditions.Where(pressure.Has).ToList();
        if (present.Count == 0 || Ranking.IsCritical(pod) || (present is [Memory] && (QosClass.Of(pod) != QosClass.BestEffort || NodeMatch.Tolerates(pod.Spec, Tainted, "NoSchedule"))))
        {
            return null;
        }

        return new PodTermination("Evicted", $"The node had condition: [{string.Join(' ', present)}]. ") { IsRejection = true };
    }
}
