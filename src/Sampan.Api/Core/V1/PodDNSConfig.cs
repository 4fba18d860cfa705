namespace Sampan.Api.Core.V1;

/// <summary>DNS settings of a pod, on top of what its DNS policy gives.</summary>
[ApiType("io.k8s.api.core.v1.PodDNSConfig")]
public sealed partial class PodDNSConfig : IApiType<PodDNSConfig>
{
    /// <summary>Addresses of DNS servers, added after those of the policy; at most 3, and required with policy None.</summary>
    [Field("nameservers", 1, ListType = "atomic")]
    public List<string>? Nameservers { get; set; }

    /// <summary>Domains tried for short names, added after those of the policy; at most 32.</summary>
    [Field("searches", 2, ListType = "atomic")]
    public List<string>? Searches { get; set; }

    /// <summary>Resolver options, which replace those of the policy with the same name.</summary>
    [Field("options", 3, ListType = "atomic")]
    public List<PodDNSConfigOption>? Options { get; set; }
}
