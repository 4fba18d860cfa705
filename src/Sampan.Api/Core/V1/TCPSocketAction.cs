namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.TCPSocketAction")]
public sealed partial class TCPSocketAction : IApiType<TCPSocketAction>
{
    [Field("port", 1, Required = true)]
    public IntOrString Port { get; set; }

    [Field("host", 2)]
    public string? Host { get; set; }
}
