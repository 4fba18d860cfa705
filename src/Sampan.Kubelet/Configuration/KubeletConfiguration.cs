using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Configuration;

/// <summary>
/// The kubelet's configuration file, kind KubeletConfiguration of kubelet.config.k8s.io/v1beta1, with upstream's fields and
/// defaults. What a field means that has no comment is what its name says; <c>/configz</c> shows the values in force.
/// </summary>
public sealed record KubeletConfiguration
{
    public const string ApiVersionText = "kubelet.config.k8s.io/v1beta1";
    public const string KindText = "KubeletConfiguration";

    public bool EnableServer { get; set; } = true;

    /// <summary>Manifests of pods that run without an API server; empty for none.</summary>
    public string StaticPodPath { get; set; } = "";

    public string PodLogsDir { get; set; } = "/var/log/pods";

    /// <summary>How often a pod is looked at, and its volumes refreshed, when nothing happens.</summary>
    public Duration SyncFrequency { get; set; } = TimeSpan.FromMinutes(1);

    public Duration FileCheckFrequency { get; set; } = TimeSpan.FromSeconds(20);

    public Duration HttpCheckFrequency { get; set; } = TimeSpan.FromSeconds(20);

    [JsonPropertyName("staticPodURL")]
    public string StaticPodUrl { get; set; } = "";

    [JsonPropertyName("staticPodURLHeader")]
    public IReadOnlyDictionary<string, IReadOnlyList<string>> StaticPodUrlHeader { get; set; } = new Dictionary<string, IReadOnlyList<string>>();

    public string Address { get; set; } = "0.0.0.0";

    /// <summary>The port of the kubelet's own API; 0 stands for any free one.</summary>
    public int Port { get; set; } = 10250;

    /// <summary>Plain HTTP without authentication; 0 for none.</summary>
    public int ReadOnlyPort { get; set; }

    public string TlsCertFile { get; set; } = "";

    public string TlsPrivateKeyFile { get; set; } = "";

    public IReadOnlyList<string> TlsCipherSuites { get; set; } = [];

    public string TlsMinVersion { get; set; } = "";

    public bool RotateCertificates { get; set; }

    [JsonPropertyName("serverTLSBootstrap")]
    public bool ServerTlsBootstrap { get; set; }

    public KubeletAuthentication Authentication { get; set; } = new();

    public KubeletAuthorization Authorization { get; set; } = new();

    [JsonPropertyName("registryPullQPS")]
    public int RegistryPullQps { get; set; } = 5;

    public int RegistryBurst { get; set; } = 10;

    public string ImagePullCredentialsVerificationPolicy { get; set; } = "NeverVerifyPreloadedImages";

    public IReadOnlyList<string> PreloadedImagesVerificationAllowlist { get; set; } = [];

    [JsonPropertyName("eventRecordQPS")]
    public int EventRecordQps { get; set; } = 50;

    public int EventBurst { get; set; } = 100;

    /// <summary>Exec, attach, port-forward, logs and the like.</summary>
    public bool EnableDebuggingHandlers { get; set; } = true;

    public bool EnableContentionProfiling { get; set; }

    /// <summary>Health over plain HTTP; 0 for none.</summary>
    public int HealthzPort { get; set; } = 10248;

    public string HealthzBindAddress { get; set; } = "127.0.0.1";

    public int OomScoreAdj { get; set; } = -999;

    public string ClusterDomain { get; set; } = "";

    [JsonPropertyName("clusterDNS")]
    public IReadOnlyList<string> ClusterDns { get; set; } = [];

    public Duration StreamingConnectionIdleTimeout { get; set; } = TimeSpan.FromHours(4);

    public Duration NodeStatusUpdateFrequency { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often an unchanged node status is sent all the same.</summary>
    public Duration NodeStatusReportFrequency { get; set; } = TimeSpan.FromMinutes(5);

    public int NodeLeaseDurationSeconds { get; set; } = 40;

    [JsonPropertyName("imageMinimumGCAge")]
    public Duration ImageMinimumGcAge { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Unused images that are older go, whatever the disk's use; 0 for never.</summary>
    [JsonPropertyName("imageMaximumGCAge")]
    public Duration ImageMaximumGcAge { get; set; }

    [JsonPropertyName("imageGCHighThresholdPercent")]
    public int ImageGcHighThresholdPercent { get; set; } = 85;

    [JsonPropertyName("imageGCLowThresholdPercent")]
    public int ImageGcLowThresholdPercent { get; set; } = 80;

    public Duration VolumeStatsAggPeriod { get; set; } = TimeSpan.FromMinutes(1);

    public string KubeletCgroups { get; set; } = "";

    public string SystemCgroups { get; set; } = "";

    public string CgroupRoot { get; set; } = "";

    [JsonPropertyName("cgroupsPerQOS")]
    public bool CgroupsPerQos { get; set; } = true;

    public string CgroupDriver { get; set; } = "cgroupfs";

    public string CpuManagerPolicy { get; set; } = "none";

    [JsonPropertyName("singleProcessOOMKill")]
    public bool? SingleProcessOomKill { get; set; }

    public IReadOnlyDictionary<string, string> CpuManagerPolicyOptions { get; set; } = new Dictionary<string, string>();

    public Duration CpuManagerReconcilePeriod { get; set; } = TimeSpan.FromSeconds(10);

    public string MemoryManagerPolicy { get; set; } = "None";

    public string TopologyManagerPolicy { get; set; } = "none";

    public string TopologyManagerScope { get; set; } = "container";

    public IReadOnlyDictionary<string, string> TopologyManagerPolicyOptions { get; set; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> QosReserved { get; set; } = new Dictionary<string, string>();

    public Duration RuntimeRequestTimeout { get; set; } = TimeSpan.FromMinutes(2);

    public string HairpinMode { get; set; } = "promiscuous-bridge";

    public int MaxPods { get; set; } = 110;

    [JsonPropertyName("podCIDR")]
    public string PodCidr { get; set; } = "";

    /// <summary>How many processes one pod may have; -1 for what the node allows.</summary>
    public long PodPidsLimit { get; set; } = -1;

    public string ResolvConf { get; set; } = "/etc/resolv.conf";

    public bool RunOnce { get; set; }

    [JsonPropertyName("cpuCFSQuota")]
    public bool CpuCfsQuota { get; set; } = true;

    [JsonPropertyName("cpuCFSQuotaPeriod")]
    public Duration CpuCfsQuotaPeriod { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How many images the node's status names; -1 for all.</summary>
    public int NodeStatusMaxImages { get; set; } = 50;

    public long MaxOpenFiles { get; set; } = 1_000_000;

    public string ContentType { get; set; } = "application/vnd.kubernetes.protobuf";

    [JsonPropertyName("kubeAPIQPS")]
    public int KubeApiQps { get; set; } = 50;

    [JsonPropertyName("kubeAPIBurst")]
    public int KubeApiBurst { get; set; } = 100;

    public bool SerializeImagePulls { get; set; } = true;

    public int? MaxParallelImagePulls { get; set; }

    /// <summary>From a signal (<c>memory.available</c>) to a quantity or a percentage.</summary>
    public IReadOnlyDictionary<string, string> EvictionHard { get; set; } = new Dictionary<string, string>
    {
        ["imagefs.available"] = "15%",
        ["imagefs.inodesFree"] = "5%",
        ["memory.available"] = "100Mi",
        ["nodefs.available"] = "10%",
        ["nodefs.inodesFree"] = "5%",
    };

    public IReadOnlyDictionary<string, string> EvictionSoft { get; set; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> EvictionSoftGracePeriod { get; set; } = new Dictionary<string, string>();

    public Duration EvictionPressureTransitionPeriod { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>In seconds; the most that a soft eviction waits for a pod.</summary>
    public int EvictionMaxPodGracePeriod { get; set; }

    public IReadOnlyDictionary<string, string> EvictionMinimumReclaim { get; set; } = new Dictionary<string, string>();

    public bool MergeDefaultEvictionSettings { get; set; }

    public int PodsPerCore { get; set; }

    public bool EnableControllerAttachDetach { get; set; } = true;

    public bool ProtectKernelDefaults { get; set; }

    [JsonPropertyName("makeIPTablesUtilChains")]
    public bool MakeIpTablesUtilChains { get; set; } = true;

    public int IptablesMasqueradeBit { get; set; } = 14;

    public int IptablesDropBit { get; set; } = 15;

    public IReadOnlyDictionary<string, bool> FeatureGates { get; set; } = new Dictionary<string, bool>();

    public bool FailSwapOn { get; set; } = true;

    public MemorySwapConfiguration MemorySwap { get; set; } = new();

    /// <summary>A quantity of bytes; a container's log that is longer is put aside.</summary>
    public string ContainerLogMaxSize { get; set; } = "10Mi";

    /// <summary>How many files of one container's log are kept, the current one among them.</summary>
    public int ContainerLogMaxFiles { get; set; } = 5;

    public int ContainerLogMaxWorkers { get; set; } = 1;

    public Duration ContainerLogMonitorInterval { get; set; } = TimeSpan.FromSeconds(10);

    public string ConfigMapAndSecretChangeDetectionStrategy { get; set; } = "Watch";

    /// <summary>From a resource to a quantity that pods may not have.</summary>
    public IReadOnlyDictionary<string, string> SystemReserved { get; set; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> KubeReserved { get; set; } = new Dictionary<string, string>();

    [JsonPropertyName("reservedSystemCPUs")]
    public string ReservedSystemCpus { get; set; } = "";

    public string ShowHiddenMetricsForVersion { get; set; } = "";

    public string SystemReservedCgroup { get; set; } = "";

    public string KubeReservedCgroup { get; set; } = "";

    public IReadOnlyList<string> EnforceNodeAllocatable { get; set; } = ["pods"];

    /// <summary>Names, and prefixes that end in <c>*</c>, of sysctls that pods may set beside the safe ones.</summary>
    public IReadOnlyList<string> AllowedUnsafeSysctls { get; set; } = [];

    public string VolumePluginDir { get; set; } = "/usr/libexec/kubernetes/kubelet-plugins/volume/exec/";

    [JsonPropertyName("providerID")]
    public string ProviderId { get; set; } = "";

    public bool KernelMemcgNotification { get; set; }

    public JsonObject? Logging { get; set; }

    public bool EnableSystemLogHandler { get; set; } = true;

    public bool EnableSystemLogQuery { get; set; }

    public Duration ShutdownGracePeriod { get; set; }

    public Duration ShutdownGracePeriodCriticalPods { get; set; }

    public IReadOnlyList<ShutdownGracePeriodByPodPriority> ShutdownGracePeriodByPodPriority { get; set; } = [];

    public CrashLoopBackOffConfiguration CrashLoopBackOff { get; set; } = new();

    public IReadOnlyList<MemoryReservation> ReservedMemory { get; set; } = [];

    public bool EnableProfilingHandler { get; set; } = true;

    public bool EnableDebugFlagsHandler { get; set; } = true;

    /// <summary>RuntimeDefault where neither pod nor container states a seccomp profile.</summary>
    public bool SeccompDefault { get; set; }

    public string MemoryReservationPolicy { get; set; } = "None";

    public double MemoryThrottlingFactor { get; set; } = 0.9;

    public IReadOnlyList<Taint> RegisterWithTaints { get; set; } = [];

    public bool RegisterNode { get; set; } = true;

    public JsonObject? Tracing { get; set; }

    public bool LocalStorageCapacityIsolation { get; set; } = true;

    public string ContainerRuntimeEndpoint { get; set; } = "unix:///run/containerd/containerd.sock";

    /// <summary>Empty where the runtime serves its images itself.</summary>
    public string ImageServiceEndpoint { get; set; } = "";

    /// <summary>Upstream's is true since v1.35; why not here: docs/adr/0032.</summary>
    [JsonPropertyName("failCgroupV1")]
    public bool FailCgroupV1 { get; set; }

    public UserNamespacesConfiguration UserNamespaces { get; set; } = new();

    public Duration PodHousekeepingPeriod { get; set; } = TimeSpan.FromSeconds(2);
}
