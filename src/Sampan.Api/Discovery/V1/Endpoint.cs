using Sampan.Api.Core.V1;

namespace Sampan.Api.Discovery.V1;

/// <summary>One backend of a Service, mostly a pod.</summary>
[ApiType("io.k8s.api.discovery.v1.Endpoint")]
public sealed partial class Endpoint : IApiType<Endpoint>
{
    /// <summary>Addresses of the slice's type, 1 to 100; only the first is used.</summary>
    [Field("addresses", 1, Required = true, ListType = "set")]
    public List<string> Addresses { get; set; } = [];

    /// <summary>Whether traffic should go to it.</summary>
    [Field("conditions", 2)]
    public EndpointConditions Conditions { get; set; } = new();

    /// <summary>Lowercase DNS label that gives the backend a DNS name of its own, as pods of a StatefulSet have.</summary>
    [Field("hostname", 3, Pointer = true)]
    public string? Hostname { get; set; }

    /// <summary>Object behind the address, such as the pod.</summary>
    [Field("targetRef", 4)]
    public ObjectReference? TargetRef { get; set; }

    /// <summary>Topology as the beta version of this group wrote it; not filled in any more.</summary>
    [Field("deprecatedTopology", 5)]
    public Dictionary<string, string>? DeprecatedTopology { get; set; }

    /// <summary>Node the backend runs on; tells local backends from remote ones.</summary>
    [Field("nodeName", 6, Pointer = true)]
    public string? NodeName { get; set; }

    /// <summary>Zone the backend is in, as on its node's label.</summary>
    [Field("zone", 7, Pointer = true)]
    public string? Zone { get; set; }

    /// <summary>Clients the backend is best left to.</summary>
    [Field("hints", 8)]
    public EndpointHints? Hints { get; set; }
}
