using System.Text.Json.Nodes;
using Sampan.Client.Features;

namespace Sampan.Kubelet.Configuration;

/// <summary>Fields that may be set but change nothing here, with what takes their place.</summary>
public static class ConfigurationRemarks
{
    private static readonly Dictionary<string, string> Idle = new()
    {
        ["eventRecordQPS"] = "equal events are counted up instead of being dropped",
        ["eventBurst"] = "equal events are counted up instead of being dropped",
        ["enableContentionProfiling"] = "there is no profiler of Go",
        ["enableProfilingHandler"] = "there is no profiler of Go",
        ["oomScoreAdj"] = "whoever starts the process sets it",
        ["maxOpenFiles"] = "whoever starts the process sets it",
        ["streamingConnectionIdleTimeout"] = "the container runtime ends idle streams",
        ["kubeletCgroups"] = "whoever starts the process chooses its group",
        ["systemCgroups"] = "processes outside pods stay in their groups; what that one uses is told",
        ["qosReserved"] = "memory is not kept from lower classes",
        ["hairpinMode"] = "the network's configuration decides it",
        ["podCIDR"] = "the network's configuration decides it",
        ["kubeAPIQPS"] = "requests are not held back",
        ["kubeAPIBurst"] = "requests are not held back",
        ["makeIPTablesUtilChains"] = "there are no rules of iptables",
        ["iptablesMasqueradeBit"] = "there are no rules of iptables",
        ["iptablesDropBit"] = "there are no rules of iptables",
        ["showHiddenMetricsForVersion"] = "no metrics are hidden",
        ["volumePluginDir"] = "there are no flexvolumes",
        ["kernelMemcgNotification"] = "memory is looked at every ten seconds",
        ["enableSystemLogQuery"] = "files of /var/log are served at /logs/",
        ["memoryThrottlingFactor"] = "memory is limited, not throttled",
        ["podHousekeepingPeriod"] = "pods are looked after when something changes, and every 30 seconds",
        ["tracing"] = "the kubelet sends no spans",
        ["logging"] = "logs are lines of text; --v sets how much",
    };

    /// <summary>One sentence for each field that was given a value of its own to no effect.</summary>
    public static IEnumerable<string> Of(KubeletConfiguration configuration)
    {
        var (given, usual) = (ConfigurationJson.Write(configuration), ConfigurationJson.Write(new KubeletConfiguration()));
        return Idle.Where(field => !JsonNode.DeepEquals(given[field.Key], usual[field.Key])).Select(field => $"The field {field.Key} of the configuration has no effect: {field.Value}")
            .Concat(FeatureGates.Remarks(configuration.FeatureGates));
    }
}
