namespace Sampan.Api.Networking.V1;

[ApiType("io.k8s.api.networking.v1.IngressPortStatus")]
public sealed partial class IngressPortStatus : IApiType<IngressPortStatus>
{
    [Field("port", 1, Required = true)]
    public int Port { get; set; }

    [Field("protocol", 2, Required = true)]
    public string Protocol { get; set; } = "";

    [Field("error", 3, Pointer = true)]
    public string? Error { get; set; }
}
