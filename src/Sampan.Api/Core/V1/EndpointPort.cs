namespace Sampan.Api.Core.V1;

/// <summary>A port on which the addresses of a subset serve.</summary>
[ApiType("io.k8s.api.core.v1.EndpointPort", MapType = "atomic")]
public sealed partial class EndpointPort : IApiType<EndpointPort>
{
    /// <summary>Name of the Service's port that this one belongs to; may be missing only if there is a single port.</summary>
    [Field("name", 1)]
    public string? Name { get; set; }

    /// <summary>Port number at the addresses.</summary>
    [Field("port", 2, Required = true)]
    public int Port { get; set; }

    /// <summary>Transport used on the port: TCP (the default), UDP or SCTP.</summary>
    [Field("protocol", 3)]
    public string? Protocol { get; set; }

    /// <summary>Hint at the application protocol: an IANA service name, or a prefixed one such as kubernetes.io/h2c.</summary>
    [Field("appProtocol", 4, Pointer = true)]
    public string? AppProtocol { get; set; }
}
