namespace Sampan.Api.Discovery.V1;

/// <summary>Where clients should be that use a backend.</summary>
[ApiType("io.k8s.api.discovery.v1.EndpointHints")]
public sealed partial class EndpointHints : IApiType<EndpointHints>
{
    /// <summary>Zones whose clients should use the backend; at most 8.</summary>
    [Field("forZones", 1, ListType = "atomic")]
    public List<ForZone>? ForZones { get; set; }

    /// <summary>Nodes whose clients should use the backend; at most 8.</summary>
    [Field("forNodes", 2, ListType = "atomic")]
    public List<ForNode>? ForNodes { get; set; }
}
