namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.PodPortForwardOptions")]
[Kind("", "v1")]
public sealed partial class PodPortForwardOptions : ITyped<PodPortForwardOptions>
{
    [Field("ports", 1)]
    public List<int>? Ports { get; set; }
}
