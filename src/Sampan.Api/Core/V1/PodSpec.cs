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

    /// <summary>Containers added while the pod runs, for debugging; only through the ephemeralcontainers subresource.</summary>
    [Field("ephemeralContainers", 34, ListType = "map", ListKeys = ["name"], PatchStrategy = "merge", MergeKey = "name")]
    public List<EphemeralContainer>? EphemeralContainers { get; set; }

    /// <summary>Whether containers that ended start again: Always, OnFailure or Never.</summary>
    [Field("restartPolicy", 3)]
    public string? RestartPolicy { get; set; }

    /// <summary>Seconds between the request to end and the kill.</summary>
    [Field("terminationGracePeriodSeconds", 4)]
    public long? TerminationGracePeriodSeconds { get; set; }

    /// <summary>Seconds after its start on a node until the pod is stopped and failed; no limit when absent.</summary>
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

    /// <summary>Old name of serviceAccountName; deprecated, always has the same value.</summary>
    [Field("serviceAccount", 9)]
    public string? ServiceAccount { get; set; }

    /// <summary>Whether containers get a token of the service account; the account's own setting counts when absent.</summary>
    [Field("automountServiceAccountToken", 21)]
    public bool? AutomountServiceAccountToken { get; set; }

    /// <summary>The node that runs the pod; the scheduler sets it.</summary>
    [Field("nodeName", 10)]
    public string? NodeName { get; set; }

    /// <summary>Whether the pod uses the node's own network.</summary>
    [Field("hostNetwork", 11)]
    public bool HostNetwork { get; set; }

    /// <summary>Whether the containers see all processes of the node; excludes a shared process namespace.</summary>
    [Field("hostPID", 12)]
    public bool HostPID { get; set; }

    /// <summary>Whether the containers share shared memory and semaphores with the node.</summary>
    [Field("hostIPC", 13)]
    public bool HostIPC { get; set; }

    /// <summary>Whether the containers see each other's processes; the first one is then not process 1. False when absent.</summary>
    [Field("shareProcessNamespace", 27)]
    public bool? ShareProcessNamespace { get; set; }

    /// <summary>Users, groups and confinement that apply to all containers of the pod.</summary>
    [Field("securityContext", 14)]
    public PodSecurityContext? SecurityContext { get; set; }

    /// <summary>Secrets with credentials for the registries of the images; must be in the pod's namespace.</summary>
    [Field("imagePullSecrets", 15, ListType = "map", ListKeys = ["name"], PatchStrategy = "merge", MergeKey = "name")]
    public List<LocalObjectReference>? ImagePullSecrets { get; set; }

    /// <summary>Host name of the pod; its own name when absent.</summary>
    [Field("hostname", 16)]
    public string? Hostname { get; set; }

    /// <summary>Domain between host name and namespace, usually a headless Service; gives the pod a full name in DNS.</summary>
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

    /// <summary>Lines to add to the hosts file of the containers.</summary>
    [Field("hostAliases", 23, ListType = "map", ListKeys = ["ip"], PatchStrategy = "merge", MergeKey = "ip")]
    public List<HostAlias>? HostAliases { get; set; }

    /// <summary>The PriorityClass that ranks the pod.</summary>
    [Field("priorityClassName", 24)]
    public string? PriorityClassName { get; set; }

    /// <summary>Rank in scheduling and preemption, higher goes first; set from the priority class, not by users.</summary>
    [Field("priority", 25)]
    public int? Priority { get; set; }

    /// <summary>DNS servers, search domains and options, in addition to the DNS policy.</summary>
    [Field("dnsConfig", 26)]
    public PodDNSConfig? DnsConfig { get; set; }

    /// <summary>Further conditions that must be true, besides ready containers, for the pod to be ready.</summary>
    [Field("readinessGates", 28, ListType = "atomic")]
    public List<PodReadinessGate>? ReadinessGates { get; set; }

    /// <summary>
    /// RuntimeClass that says how to run the containers; the node's default when absent. With an unknown one the pod does not run.
    /// </summary>
    [Field("runtimeClassName", 29, Pointer = true)]
    public string? RuntimeClassName { get; set; }

    /// <summary>Whether containers get environment variables with the addresses of the namespace's Services; true by default.</summary>
    [Field("enableServiceLinks", 30)]
    public bool? EnableServiceLinks { get; set; }

    /// <summary>Whether the pod may push out those of lower priority: PreemptLowerPriority (the default) or Never.</summary>
    [Field("preemptionPolicy", 31, Pointer = true)]
    public string? PreemptionPolicy { get; set; }

    /// <summary>Resources that the pod costs beyond its containers; set from the RuntimeClass and counted in scheduling.</summary>
    [Field("overhead", 32)]
    public Dictionary<string, Quantity>? Overhead { get; set; }

    /// <summary>How to spread pods over nodes, zones and the like; all constraints apply together.</summary>
    [Field("topologySpreadConstraints", 33, ListType = "map", ListKeys = ["topologyKey", "whenUnsatisfiable"], PatchStrategy = "merge", MergeKey = "topologyKey")]
    public List<TopologySpreadConstraint>? TopologySpreadConstraints { get; set; }

    /// <summary>Whether the host name inside the pod is its full domain name rather than the short one; false by default.</summary>
    [Field("setHostnameAsFQDN", 35)]
    public bool? SetHostnameAsFQDN { get; set; }

    /// <summary>Operating system that the pod needs; settings that belong to another one are then refused.</summary>
    [Field("os", 36)]
    public PodOS? Os { get; set; }

    /// <summary>
    /// Whether the containers use the node's user numbers (the default); false makes root inside an ordinary user outside.
    /// </summary>
    [Field("hostUsers", 37)]
    public bool? HostUsers { get; set; }

    /// <summary>What must be removed before the pod is scheduled; gates can be set only on creation.</summary>
    [Field("schedulingGates", 38, ListType = "map", ListKeys = ["name"], PatchStrategy = "merge", MergeKey = "name")]
    public List<PodSchedulingGate>? SchedulingGates { get; set; }

    /// <summary>ResourceClaims that must be allocated before the pod can start; containers refer to them by name.</summary>
    [Field("resourceClaims", 39, ListType = "map", ListKeys = ["name"], PatchStrategy = "merge,retainKeys", MergeKey = "name")]
    public List<PodResourceClaim>? ResourceClaims { get; set; }

    /// <summary>Requests and limits for the pod as a whole, shared by its containers: cpu, memory and huge pages only.</summary>
    [Field("resources", 40)]
    public ResourceRequirements? Resources { get; set; }

    /// <summary>
    /// Host name inside the pod, whatever else is set, at most 64 characters; DNS is not affected. Excludes host networking.
    /// </summary>
    [Field("hostnameOverride", 41, Pointer = true)]
    public string? HostnameOverride { get; set; }

    /// <summary>
    /// Group of pods that the scheduler places together with this one; immutable. Absent, the pod is scheduled on its own.
    /// </summary>
    [Field("schedulingGroup", 43)]
    public PodSchedulingGroup? SchedulingGroup { get; set; }
}
