namespace Sampan.Api.Core.V1;

/// <summary>An attempt to open a TCP connection to a container.</summary>
[ApiType("io.k8s.api.core.v1.TCPSocketAction")]
public sealed partial class TCPSocketAction : IApiType<TCPSocketAction>
{
    /// <summary>Port number, or name of a port of the container, to connect to.</summary>
    [Field("port", 1, Required = true)]
    public IntOrString Port { get; set; }

    /// <summary>Host to connect to; the pod's address when absent.</summary>
    [Field("host", 2)]
    public string? Host { get; set; }
}
