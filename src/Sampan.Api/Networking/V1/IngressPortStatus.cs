namespace Sampan.Api.Networking.V1;

/// <summary>What became of one port of a load balancer.</summary>
[ApiType("io.k8s.api.networking.v1.IngressPortStatus")]
public sealed partial class IngressPortStatus : IApiType<IngressPortStatus>
{
    /// <summary>The port's number.</summary>
    [Field("port", 1, Required = true)]
    public int Port { get; set; }

    /// <summary>TCP, UDP or SCTP.</summary>
    [Field("protocol", 2, Required = true)]
    public string Protocol { get; set; } = "";

    /// <summary>Why the port is not served, as one word in CamelCase, with a domain when the provider made it up.</summary>
    [Field("error", 3, Pointer = true)]
    public string? Error { get; set; }
}
