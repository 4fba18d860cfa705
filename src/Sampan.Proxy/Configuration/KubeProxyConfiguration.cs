using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Sampan.Proxy.Configuration;

/// <summary>
/// The proxy's configuration file, kind KubeProxyConfiguration of kubeproxy.config.k8s.io/v1alpha1, with upstream's fields and
/// defaults. What this proxy has no use for is taken all the same, and said by <see cref="Remarks"/>.
/// </summary>
public sealed record KubeProxyConfiguration
{
    public const string ApiVersionText = "kubeproxy.config.k8s.io/v1alpha1";
    public const string KindText = "KubeProxyConfiguration";

    public ClientConnectionConfiguration ClientConnection { get; set; } = new();

    public string HostnameOverride { get; set; } = "";

    public string BindAddress { get; set; } = "0.0.0.0";

    /// <summary>Where health is served; empty for nowhere.</summary>
    public string HealthzBindAddress { get; set; } = "0.0.0.0:10256";

    /// <summary>Where metrics are served; empty for nowhere.</summary>
    public string MetricsBindAddress { get; set; } = "127.0.0.1:10249";

    /// <summary>Empty or nftables; the other modes are served by nftables as well.</summary>
    public string Mode { get; set; } = "";

    public NftablesConfiguration Nftables { get; set; } = new();

    /// <summary>How traffic of pods is told from other traffic; empty: by <see cref="ClusterCidr"/>.</summary>
    public string DetectLocalMode { get; set; } = "";

    [JsonIgnore]
    public DetectLocalMode LocalMode => Enum.TryParse<DetectLocalMode>(DetectLocalMode, out var mode) ? mode : Proxy.DetectLocalMode.ClusterCIDR;

    /// <summary>What nftables knows the pods' interfaces by; null when addresses tell.</summary>
    [JsonIgnore]
    public string? PodInterface => LocalMode switch
    {
        Proxy.DetectLocalMode.BridgeInterface => DetectLocal.BridgeInterface,
        Proxy.DetectLocalMode.InterfaceNamePrefix => DetectLocal.InterfaceNamePrefix + "*",
        _ => null,
    };

    /// <summary>Addresses of pods, one per IP family, between commas.</summary>
    [JsonPropertyName("clusterCIDR")]
    public string ClusterCidr { get; set; } = "";

    public IReadOnlyList<string> NodePortAddresses { get; set; } = [];

    public Dictionary<string, bool>? FeatureGates { get; set; }

    public JsonObject? Logging { get; set; }

    public JsonObject? Iptables { get; set; }

    public JsonObject? Ipvs { get; set; }

    public JsonObject? Winkernel { get; set; }

    public ConntrackConfiguration Conntrack { get; set; } = new();

    public DetectLocalConfiguration DetectLocal { get; set; } = new();

    /// <summary>Whether a port of health or metrics that is taken ends the process; else it is tried for again and again.</summary>
    public bool BindAddressHardFail { get; set; }

    public bool EnableProfiling { get; set; }

    public string ShowHiddenMetricsForVersion { get; set; } = "";

    /// <summary>How readily the kernel ends this process for want of memory: -1000 never, 1000 first.</summary>
    public int? OomScoreAdj { get; set; } = -999;

    public string ConfigSyncPeriod { get; set; } = "15m0s";

    public string PortRange { get; set; } = "";

    public bool WindowsRunAsService { get; set; }

    /// <summary>What is set and changes nothing here.</summary>
    public IEnumerable<string> Remarks()
    {
        if (Mode is not ("" or "nftables")) yield return $"mode: \"{Mode}\" has no effect: Services are on nftables";
        if (Iptables is { Count: > 0 }) yield return "iptables has no effect: Services are on nftables";
        if (Ipvs is { Count: > 0 }) yield return "ipvs has no effect: Services are on nftables";
        if (EnableProfiling) yield return "enableProfiling has no effect: use perf";
        foreach (string remark in Client.Features.FeatureGates.Remarks(FeatureGates ?? [])) yield return remark;
    }
}
