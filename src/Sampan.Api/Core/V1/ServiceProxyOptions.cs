namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ServiceProxyOptions")]
[Kind("", "v1")]
public sealed partial class ServiceProxyOptions : ITyped<ServiceProxyOptions>
{
    [Field("path", 1)]
    public string? Path { get; set; }
}
