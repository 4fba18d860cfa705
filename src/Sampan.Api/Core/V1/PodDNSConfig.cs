namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.PodDNSConfig")]
public sealed partial class PodDNSConfig : IApiType<PodDNSConfig>
{
    [Field("nameservers", 1, ListType = "atomic")]
    public List<string>? Nameservers { get; set; }

    [Field("searches", 2, ListType = "atomic")]
    public List<string>? Searches { get; set; }

    [Field("options", 3, ListType = "atomic")]
    public List<PodDNSConfigOption>? Options { get; set; }
}
