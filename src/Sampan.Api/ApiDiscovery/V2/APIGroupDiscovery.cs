using Sampan.Api.Meta.V1;

namespace Sampan.Api.ApiDiscovery.V2;

/// <summary>An API group, with every version it is served in and their resources.</summary>
[ApiType("io.k8s.api.apidiscovery.v2.APIGroupDiscovery")]
[Kind("apidiscovery.k8s.io", "v2")]
public sealed partial class APIGroupDiscovery : IObject<APIGroupDiscovery>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>The group's served versions, the preferred one first.</summary>
    [Field("versions", 2)]
    public List<APIVersionDiscovery>? Versions { get; set; }
}
