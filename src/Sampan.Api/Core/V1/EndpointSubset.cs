namespace Sampan.Api.Core.V1;

/// <summary>Addresses that all serve on the same ports.</summary>
[ApiType("io.k8s.api.core.v1.EndpointSubset")]
public sealed partial class EndpointSubset : IApiType<EndpointSubset>
{
    /// <summary>Addresses that are ready for traffic.</summary>
    [Field("addresses", 1, ListType = "atomic")]
    public List<EndpointAddress>? Addresses { get; set; }

    /// <summary>Addresses that get no traffic yet because their pods are not ready.</summary>
    [Field("notReadyAddresses", 2, ListType = "atomic")]
    public List<EndpointAddress>? NotReadyAddresses { get; set; }

    /// <summary>Ports that every address of the subset serves on.</summary>
    [Field("ports", 3, ListType = "atomic")]
    public List<EndpointPort>? Ports { get; set; }
}
