namespace Sampan.Api.Core.V1;

/// <summary>A port on which a node's daemon can be reached.</summary>
[ApiType("io.k8s.api.core.v1.DaemonEndpoint")]
public sealed partial class DaemonEndpoint : IApiType<DaemonEndpoint>
{
    /// <summary>Port number the daemon listens on.</summary>
    [Field("Port", 1, Required = true)]
    public int Port { get; set; }
}
