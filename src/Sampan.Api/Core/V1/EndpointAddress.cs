namespace Sampan.Api.Core.V1;

/// <summary>An address behind a Service.</summary>
[ApiType("io.k8s.api.core.v1.EndpointAddress", MapType = "atomic")]
public sealed partial class EndpointAddress : IApiType<EndpointAddress>
{
    /// <summary>IPv4 or IPv6 address; neither a loopback nor a link-local one.</summary>
    [Field("ip", 1, Required = true)]
    public string Ip { get; set; } = "";

    /// <summary>Host name under which the address gets a DNS record of its own.</summary>
    [Field("hostname", 3)]
    public string? Hostname { get; set; }

    /// <summary>Node on which the address lives.</summary>
    [Field("nodeName", 4, Pointer = true)]
    public string? NodeName { get; set; }

    /// <summary>Object that has the address, usually a pod.</summary>
    [Field("targetRef", 2)]
    public ObjectReference? TargetRef { get; set; }
}
