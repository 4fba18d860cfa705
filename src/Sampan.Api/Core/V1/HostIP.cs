namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.HostIP")]
public sealed partial class HostIP : IApiType<HostIP>
{
    [Field("ip", 1, Required = true)]
    public string Ip { get; set; } = "";
}
