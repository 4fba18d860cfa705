namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.EndpointSubset")]
public sealed partial class EndpointSubset : IApiType<EndpointSubset>
{
    [Field("addresses", 1, ListType = "atomic")]
    public List<EndpointAddress>? Addresses { get; set; }

    [Field("notReadyAddresses", 2, ListType = "atomic")]
    public List<EndpointAddress>? NotReadyAddresses { get; set; }

    [Field("ports", 3, ListType = "atomic")]
    public List<EndpointPort>? Ports { get; set; }
}
