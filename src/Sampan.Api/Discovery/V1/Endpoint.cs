using Sampan.Api.Core.V1;

namespace Sampan.Api.Discovery.V1;

[ApiType("io.k8s.api.discovery.v1.Endpoint")]
public sealed partial class Endpoint : IApiType<Endpoint>
{
    [Field("addresses", 1, Required = true, ListType = "set")]
    public List<string> Addresses { get; set; } = [];

    [Field("conditions", 2)]
    public EndpointConditions Conditions { get; set; } = new();

    [Field("hostname", 3, Pointer = true)]
    public string? Hostname { get; set; }

    [Field("targetRef", 4)]
    public ObjectReference? TargetRef { get; set; }

    [Field("deprecatedTopology", 5)]
    public Dictionary<string, string>? DeprecatedTopology { get; set; }

    [Field("nodeName", 6, Pointer = true)]
    public string? NodeName { get; set; }

    [Field("zone", 7, Pointer = true)]
    public string? Zone { get; set; }

    [Field("hints", 8)]
    public EndpointHints? Hints { get; set; }
}
