namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.PodProxyOptions")]
[Kind("", "v1")]
public sealed partial class PodProxyOptions : ITyped<PodProxyOptions>
{
    [Field("path", 1)]
    public string? Path { get; set; }
}
