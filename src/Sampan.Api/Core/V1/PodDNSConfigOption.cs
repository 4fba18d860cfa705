namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.PodDNSConfigOption")]
public sealed partial class PodDNSConfigOption : IApiType<PodDNSConfigOption>
{
    [Field("name", 1)]
    public string? Name { get; set; }

    [Field("value", 2, Pointer = true)]
    public string? Value { get; set; }
}
