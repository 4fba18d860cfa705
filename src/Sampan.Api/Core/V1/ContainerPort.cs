namespace Sampan.Api.Core.V1;

/// <summary>A port that a container listens on; a port missing from the list can be reached all the same.</summary>
[ApiType("io.k8s.api.core.v1.ContainerPort")]
public sealed partial class ContainerPort : IApiType<ContainerPort>
{
    /// <summary>Name for Services and probes to use instead of the number; at most 15 characters, unique in the pod.</summary>
    [Field("name", 1)]
    public string? Name { get; set; }

    /// <summary>
    /// Port of the node that leads to the container, 1 to 65535; with host networking it must equal the container's port.
    /// </summary>
    [Field("hostPort", 2)]
    public int HostPort { get; set; }

    /// <summary>Port number on the pod's address, 1 to 65535.</summary>
    [Field("containerPort", 3, Required = true)]
    public int ContainerPortValue { get; set; }

    /// <summary>Transport used on the port: TCP (the default), UDP or SCTP.</summary>
    [Field("protocol", 4, Default = "TCP")]
    public string? Protocol { get; set; }

    /// <summary>Address of the node on which the host port is opened; all of them when absent.</summary>
    [Field("hostIP", 5)]
    public string? HostIP { get; set; }
}
