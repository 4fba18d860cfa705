namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.DaemonEndpoint")]
public sealed partial class DaemonEndpoint : IApiType<DaemonEndpoint>
{
    [Field("Port", 1, Required = true)]
    public int Port { get; set; }
}
