namespace Sampan.Api.Core.V1;

/// <summary>An address or name of a node.</summary>
[ApiType("io.k8s.api.core.v1.NodeAddress")]
public sealed partial class NodeAddress : IApiType<NodeAddress>
{
    /// <summary>What the address is: Hostname, InternalIP, ExternalIP, InternalDNS or ExternalDNS.</summary>
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    /// <summary>The IP address or name itself.</summary>
    [Field("address", 2, Required = true)]
    public string Address { get; set; } = "";
}
