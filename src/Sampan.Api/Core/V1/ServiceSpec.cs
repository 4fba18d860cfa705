namespace Sampan.Api.Core.V1;

/// <summary>Which pods a Service leads to, and how it is reached.</summary>
[ApiType("io.k8s.api.core.v1.ServiceSpec")]
public sealed partial class ServiceSpec : IApiType<ServiceSpec>
{
    /// <summary>The ports the Service offers.</summary>
    [Field("ports", 1, ListType = "map", ListKeys = ["port", "protocol"], PatchStrategy = "merge", MergeKey = "port")]
    public List<ServicePort>? Ports { get; set; }

    /// <summary>Labels of the pods behind the Service.</summary>
    [Field("selector", 2, MapType = "atomic")]
    public Dictionary<string, string>? Selector { get; set; }

    /// <summary>The address inside the cluster; "None" for a headless Service.</summary>
    [Field("clusterIP", 3)]
    public string? ClusterIP { get; set; }

    /// <summary>All cluster addresses of the Service, at most one IPv4 and one IPv6; the first equals clusterIP.</summary>
    [Field("clusterIPs", 18, ListType = "atomic")]
    public List<string>? ClusterIPs { get; set; }

    /// <summary>ClusterIP, NodePort, LoadBalancer or ExternalName.</summary>
    [Field("type", 4)]
    public string? Type { get; set; }

    /// <summary>Addresses from outside at which nodes also take traffic for the Service; somebody else must route them there.</summary>
    [Field("externalIPs", 5, ListType = "atomic")]
    public List<string>? ExternalIPs { get; set; }

    /// <summary>None (the default), or ClientIP to keep sending a client to the same pod.</summary>
    [Field("sessionAffinity", 7)]
    public string? SessionAffinity { get; set; }

    /// <summary>Address to ask the load balancer for, if its provider allows; deprecated, use the provider's annotations.</summary>
    [Field("loadBalancerIP", 8)]
    public string? LoadBalancerIP { get; set; }

    /// <summary>Client address blocks that may use the load balancer, such as 203.0.113.0/24; everyone when absent.</summary>
    [Field("loadBalancerSourceRanges", 9, ListType = "atomic")]
    public List<string>? LoadBalancerSourceRanges { get; set; }

    /// <summary>DNS name that the Service is an alias of; only for type ExternalName, and required there.</summary>
    [Field("externalName", 10)]
    public string? ExternalName { get; set; }

    /// <summary>
    /// Cluster (the default) sends outside traffic to any pod, Local only to pods of the node it reached, keeping the client address.
    /// </summary>
    [Field("externalTrafficPolicy", 11)]
    public string? ExternalTrafficPolicy { get; set; }

    /// <summary>
    /// Node port at which load balancers learn whether a node has pods; only for type LoadBalancer with external policy Local.
    /// </summary>
    [Field("healthCheckNodePort", 12)]
    public int HealthCheckNodePort { get; set; }

    /// <summary>
    /// Whether pods that are not ready are in DNS and get traffic as well; lets members of a StatefulSet find each other.
    /// </summary>
    [Field("publishNotReadyAddresses", 13)]
    public bool PublishNotReadyAddresses { get; set; }

    /// <summary>How long a client stays with its pod; only with session affinity ClientIP.</summary>
    [Field("sessionAffinityConfig", 14)]
    public SessionAffinityConfig? SessionAffinityConfig { get; set; }

    /// <summary>IPv4, IPv6 or both, the first being the primary one; chosen from what the cluster has when absent.</summary>
    [Field("ipFamilies", 19, ListType = "atomic")]
    public List<string>? IpFamilies { get; set; }

    /// <summary>Number of address families: SingleStack (the default), PreferDualStack (two if possible) or RequireDualStack.</summary>
    [Field("ipFamilyPolicy", 17, Pointer = true)]
    public string? IpFamilyPolicy { get; set; }

    /// <summary>Whether a Service of type LoadBalancer gets node ports too; true by default.</summary>
    [Field("allocateLoadBalancerNodePorts", 20)]
    public bool? AllocateLoadBalancerNodePorts { get; set; }

    /// <summary>
    /// Which load balancer implementation takes care of the Service; the cluster's default when absent. Cannot change while the type
    /// stays.
    /// </summary>
    [Field("loadBalancerClass", 21, Pointer = true)]
    public string? LoadBalancerClass { get; set; }

    /// <summary>Cluster (the default) sends traffic from pods to any pod of the Service, Local only to those on the same node.</summary>
    [Field("internalTrafficPolicy", 22, Pointer = true)]
    public string? InternalTrafficPolicy { get; set; }

    /// <summary>Which pods to favour: PreferSameZone (also called PreferClose) or PreferSameNode; no preference when absent.</summary>
    [Field("trafficDistribution", 23, Pointer = true)]
    public string? TrafficDistribution { get; set; }
}
