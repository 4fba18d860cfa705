namespace Sampan.Api.Core.V1;

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

    [Field("clusterIPs", 18, ListType = "atomic")]
    public List<string>? ClusterIPs { get; set; }

    /// <summary>ClusterIP, NodePort, LoadBalancer or ExternalName.</summary>
    [Field("type", 4)]
    public string? Type { get; set; }

    [Field("externalIPs", 5, ListType = "atomic")]
    public List<string>? ExternalIPs { get; set; }

    [Field("sessionAffinity", 7)]
    public string? SessionAffinity { get; set; }

    [Field("loadBalancerIP", 8)]
    public string? LoadBalancerIP { get; set; }

    [Field("loadBalancerSourceRanges", 9, ListType = "atomic")]
    public List<string>? LoadBalancerSourceRanges { get; set; }

    [Field("externalName", 10)]
    public string? ExternalName { get; set; }

    [Field("externalTrafficPolicy", 11)]
    public string? ExternalTrafficPolicy { get; set; }

    [Field("healthCheckNodePort", 12)]
    public int HealthCheckNodePort { get; set; }

    [Field("publishNotReadyAddresses", 13)]
    public bool PublishNotReadyAddresses { get; set; }

    [Field("sessionAffinityConfig", 14)]
    public SessionAffinityConfig? SessionAffinityConfig { get; set; }

    [Field("ipFamilies", 19, ListType = "atomic")]
    public List<string>? IpFamilies { get; set; }

    [Field("ipFamilyPolicy", 17, Pointer = true)]
    public string? IpFamilyPolicy { get; set; }

    [Field("allocateLoadBalancerNodePorts", 20)]
    public bool? AllocateLoadBalancerNodePorts { get; set; }

    [Field("loadBalancerClass", 21, Pointer = true)]
    public string? LoadBalancerClass { get; set; }

    [Field("internalTrafficPolicy", 22, Pointer = true)]
    public string? InternalTrafficPolicy { get; set; }

    [Field("trafficDistribution", 23, Pointer = true)]
    public string? TrafficDistribution { get; set; }
}
