namespace Sampan.Api.Core.V1;

/// <summary>What the pod should run and how.</summary>
[ApiType("io.k8s.api.core.v1.PodSpec")]
public sealed partial class PodSpec : IApiType<PodSpec>
{
    /// <summary>Directories that the containers can mount.</summary>
    [Field("volumes", 1, ListType = "map", ListKeys = ["name"], PatchStrategy = "merge,retainKeys", MergeKey = "name")]
    public List<Volume>? Volumes { get; set; }

    /// <summary>Programs that run one after another, each to its end, before the containers start.</summary>
    [Field("initContainers", 20, ListType = "map", ListKeys = ["name"], PatchStrategy = "merge", MergeKey = "name")]
    public List<Container>? InitContainers { get; set; }

    /// <summary>The pod's programs; at least one.</summary>
    [Field("containers", 2, Required = true, ListType = "map", ListKeys = ["name"], PatchStrategy = "merge", MergeKey = "name")]
    public List<Container> Containers { get; set; } = [];

    [Field("ephemeralContainers", 34, ListType = "map", ListKeys = ["name"], PatchStrategy = "merge", MergeKey = "name")]
    public List<EphemeralContainer>? EphemeralContainers { get; set; }

    /// <summary>Whether containers that ended start again: Always, OnFailure or Never.</summary>
    [Field("restartPolicy", 3)]
    public string? RestartPolicy { get; set; }

    /// <summary>Seconds between the request to end and the kill.</summary>
    [Field("terminationGracePeriodSeconds", 4)]
    public long? TerminationGracePeriodSeconds { get; set; }

    [Field("activeDeadlineSeconds", 5)]
    public long? ActiveDeadlineSeconds { get; set; }

    /// <summary>Where the pod's names are resolved.</summary>
    [Field("dnsPolicy", 6)]
    public string? DnsPolicy { get; set; }

    /// <summary>Labels that the node must have.</summary>
    [Field("nodeSelector", 7, MapType = "atomic")]
    public Dictionary<string, string>? NodeSelector { get; set; }

    /// <summary>The identity under which the pod speaks to the API.</summary>
    [Field("serviceAccountName", 8)]
    public string? ServiceAccountName { get; set; }

    [Field("serviceAccount", 9)]
    public string? ServiceAccount { get; set; }

    [Field("automountServiceAccountToken", 21)]
    public bool? AutomountServiceAccountToken { get; set; }

    /// <summary>The node that runs the pod; the scheduler sets it.</summary>
    [Field("nodeName", 10)]
    public string? NodeName { get; set; }

    /// <summary>Whether the pod uses the node's own network.</summary>
    [Field("hostNetwork", 11)]
    public bool HostNetwork { get; set; }

    [Field("hostPID", 12)]
    public bool HostPID { get; set; }

    [Field("hostIPC", 13)]
    public bool HostIPC { get; set; }

    [Field("shareProcessNamespace", 27)]
    public bool? ShareProcessNamespace { get; set; }

    [Field("securityContext", 14)]
    public PodSecurityContext? SecurityContext { get; set; }

    [Field("imagePullSecrets", 15, ListType = "map", ListKeys = ["name"], PatchStrategy = "merge", MergeKey = "name")]
    public List<LocalObjectReference>? ImagePullSecrets { get; set; }

    [Field("hostname", 16)]
    public string? Hostname { get; set; }

    [Field("subdomain", 17)]
    public string? Subdomain { get; set; }

    /// <summary>Rules about nodes and other pods to be near to or away from.</summary>
    [Field("affinity", 18)]
    public Affinity? Affinity { get; set; }

    /// <summary>The scheduler that places the pod.</summary>
    [Field("schedulerName", 19)]
    public string? SchedulerName { get; set; }

    /// <summary>The node taints that the pod accepts.</summary>
    [Field("tolerations", 22, ListType = "atomic")]
    public List<Toleration>? Tolerations { get; set; }

    [Field("hostAliases", 23, ListType = "map", ListKeys = ["ip"], PatchStrategy = "merge", MergeKey = "ip")]
    public List<HostAlias>? HostAliases { get; set; }

    /// <summary>The PriorityClass that ranks the pod.</summary>
    [Field("priorityClassName", 24)]
    public string? PriorityClassName { get; set; }

    [Field("priority", 25)]
    public int? Priority { get; set; }

    [Field("dnsConfig", 26)]
    public PodDNSConfig? DnsConfig { get; set; }

    [Field("readinessGates", 28, ListType = "atomic")]
    public List<PodReadinessGate>? ReadinessGates { get; set; }

    [Field("runtimeClassName", 29, Pointer = true)]
    public string? RuntimeClassName { get; set; }

    [Field("enableServiceLinks", 30)]
    public bool? EnableServiceLinks { get; set; }

    [Field("preemptionPolicy", 31, Pointer = true)]
    public string? PreemptionPolicy { get; set; }

    [Field("overhead", 32)]
    public Dictionary<string, Quantity>? Overhead { get; set; }

    [Field("topologySpreadConstraints", 33, ListType = "map", ListKeys = ["topologyKey", "whenUnsatisfiable"], PatchStrategy = "merge", MergeKey = "topologyKey")]
    public List<TopologySpreadConstraint>? TopologySpreadConstraints { get; set; }

    [Field("setHostnameAsFQDN", 35)]
    public bool? SetHostnameAsFQDN { get; set; }

    [Field("os", 36)]
    public PodOS? Os { get; set; }

    [Field("hostUsers", 37)]
    public bool? HostUsers { get; set; }

    [Field("schedulingGates", 38, ListType = "map", ListKeys = ["name"], PatchStrategy = "merge", MergeKey = "name")]
    public List<PodSchedulingGate>? SchedulingGates { get; set; }

    [Field("resourceClaims", 39, ListType = "map", ListKeys = ["name"], PatchStrategy = "merge,retainKeys", MergeKey = "name")]
    public List<PodResourceClaim>? ResourceClaims { get; set; }

    [Field("resources", 40)]
    public ResourceRequirements? Resources { get; set; }

    [Field("hostnameOverride", 41, Pointer = true)]
    public string? HostnameOverride { get; set; }

    [Field("schedulingGroup", 43)]
    public PodSchedulingGroup? SchedulingGroup { get; set; }
}
