namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.PodIP")]
public sealed partial class PodIP : IApiType<PodIP>
{
    [Field("ip", 1, Required = true)]
    public string Ip { get; set; } = "";
}
