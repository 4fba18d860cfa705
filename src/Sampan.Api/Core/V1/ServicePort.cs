namespace Sampan.Api.Core.V1;

/// <summary>A port of the Service and where it leads.</summary>
[ApiType("io.k8s.api.core.v1.ServicePort")]
public sealed partial class ServicePort : IApiType<ServicePort>
{
    /// <summary>Name of the port, a DNS label; required and unique if the Service has several.</summary>
    [Field("name", 1)]
    public string? Name { get; set; }

    /// <summary>TCP, UDP or SCTP.</summary>
    [Field("protocol", 2, Default = "TCP")]
    public string? Protocol { get; set; }

    /// <summary>Hint at the application protocol: an IANA service name, or a prefixed one such as kubernetes.io/ws.</summary>
    [Field("appProtocol", 6, Pointer = true)]
    public string? AppProtocol { get; set; }

    /// <summary>The port at the Service's address.</summary>
    [Field("port", 3, Required = true)]
    public int Port { get; set; }

    /// <summary>The port of the pods, by number or by the name in the container.</summary>
    [Field("targetPort", 4)]
    public IntOrString TargetPort { get; set; }

    /// <summary>The port at every node's address.</summary>
    [Field("nodePort", 5)]
    public int NodePort { get; set; }
}
