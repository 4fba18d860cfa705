using System.Collections.Frozen;

namespace Sampan.Kubelet.Stats;

/// <summary>Reasons for which pods are refused, as metrics name them: what anybody may make up is summed up.</summary>
internal static class RejectionLabels
{
    private static readonly FrozenSet<string> Known = new[]
    {
        "AppArmor", "PodOSSelectorNodeLabelDoesNotMatch", "PodOSNotSupported", "InvalidNodeInfo", "InitContainerRestartPolicyForbidden", "SupplementalGroupsPolicyNotSupported",
        "UnexpectedAdmissionError", "UnknownReason", "UnexpectedPredicateFailureType", "OutOfcpu", "OutOfmemory", "OutOfephemeral-storage", "OutOfpods", "Evicted", "SysctlForbidden",
        "TopologyAffinityError", "NodeShutdown", "VolumeAttachmentLimitExceeded",
    }.ToFrozenSet();

    public static string Of(string reason) =>
        Known.Contains(reason) ? reason : reason.StartsWith("OutOf", StringComparison.Ordinal) ? "OutOfExtendedResources" : "Other";
}
