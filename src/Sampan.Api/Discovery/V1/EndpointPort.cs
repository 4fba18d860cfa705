namespace Sampan.Api.Discovery.V1;

/// <summary>A port that all backends of a slice offer.</summary>
[ApiType("io.k8s.api.discovery.v1.EndpointPort", MapType = "atomic")]
public sealed partial class EndpointPort : IApiType<EndpointPort>
{
    /// <summary>Port name as in the Service, a DNS label or empty; unique in the slice.</summary>
    [Field("name", 1, Pointer = true)]
    public string? Name { get; set; }

    /// <summary>TCP, UDP or SCTP; TCP by default.</summary>
    [Field("protocol", 2, Pointer = true)]
    public string? Protocol { get; set; }

    /// <summary>Number of the port on the backends, the Service's target port; absent only in slices not made for a Service.</summary>
    [Field("port", 3)]
    public int? Port { get; set; }

    /// <summary>
    /// What is spoken on the port, for proxies that care: an IANA name such as https, kubernetes.io/h2c, /ws or /wss, or a prefixed name
    /// of your own.
    /// </summary>
    [Field("appProtocol", 4, Pointer = true)]
    public string? AppProtocol { get; set; }
}
