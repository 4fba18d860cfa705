namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.PortStatus")]
public sealed partial class PortStatus : IApiType<PortStatus>
{
    [Field("port", 1, Required = true)]
    public int Port { get; set; }

    [Field("protocol", 2, Required = true)]
    public string Protocol { get; set; } = "";

    [Field("error", 3, Pointer = true)]
    public string? Error { get; set; }
}
