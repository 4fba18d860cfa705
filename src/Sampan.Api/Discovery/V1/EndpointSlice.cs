using Sampan.Api.Meta.V1;

namespace Sampan.Api.Discovery.V1;

/// <summary>A part of the addresses behind a Service, with their ports and readiness.</summary>
[ApiType("io.k8s.api.discovery.v1.EndpointSlice")]
[Kind("discovery.k8s.io", "v1", Plural = "endpointslices", Singular = "endpointslice", Namespaced = true, Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class EndpointSlice : IObject<EndpointSlice>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>IPv4, IPv6 or the deprecated FQDN, for all addresses of the slice; immutable.</summary>
    [Field("addressType", 4, Required = true)]
    public string AddressType { get; set; } = "";

    /// <summary>The backends, at most 1000; none may be listed twice.</summary>
    [Field("endpoints", 2, ListType = "atomic")]
    public List<Endpoint>? Endpoints { get; set; }

    /// <summary>Ports of every backend in the slice, at most 100, each with a name of its own.</summary>
    [Field("ports", 3, ListType = "atomic")]
    public List<EndpointPort>? Ports { get; set; }
}
