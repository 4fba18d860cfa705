using Sampan.Api.Meta.V1;

namespace Sampan.Api.ApiDiscovery.V2Beta1;

[ApiType("io.k8s.api.apidiscovery.v2beta1.APIGroupDiscovery")]
[Kind("apidiscovery.k8s.io", "v2beta1")]
public sealed partial class APIGroupDiscovery : IObject<APIGroupDiscovery>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    [Field("versions", 2)]
    public List<APIVersionDiscovery>? Versions { get; set; }
}
