namespace Sampan.Api.Core.V1;

/// <summary>State of a Service's port at a load balancer.</summary>
[ApiType("io.k8s.api.core.v1.PortStatus")]
public sealed partial class PortStatus : IApiType<PortStatus>
{
    /// <summary>Number of the Service's port.</summary>
    [Field("port", 1, Required = true)]
    public int Port { get; set; }

    /// <summary>Transport used on the port: TCP, UDP or SCTP.</summary>
    [Field("protocol", 2, Required = true)]
    public string Protocol { get; set; } = "";

    /// <summary>
    /// Problem with the port, in one CamelCase word; those of cloud providers have a domain prefix. Absent if all is well.
    /// </summary>
    [Field("error", 3, Pointer = true)]
    public string? Error { get; set; }
}
