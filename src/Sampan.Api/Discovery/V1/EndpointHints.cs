namespace Sampan.Api.Discovery.V1;

[ApiType("io.k8s.api.discovery.v1.EndpointHints")]
public sealed partial class EndpointHints : IApiType<EndpointHints>
{
    [Field("forZones", 1, ListType = "atomic")]
    public List<ForZone>? ForZones { get; set; }

    [Field("forNodes", 2, ListType = "atomic")]
    public List<ForNode>? ForNodes { get; set; }
}
