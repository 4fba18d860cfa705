using Sampan.Api.Meta.V1;

namespace Sampan.Api.ApiDiscovery.V2;

[ApiType("io.k8s.api.apidiscovery.v2.APIResourceDiscovery")]
public sealed partial class APIResourceDiscovery : IApiType<APIResourceDiscovery>
{
    [Field("resource", 1, Required = true)]
    public string Resource { get; set; } = "";

    [Field("responseKind", 2)]
    public KindReference? ResponseKind { get; set; }

    [Field("scope", 3, Required = true)]
    public string Scope { get; set; } = "";

    [Field("singularResource", 4, Required = true)]
    public string SingularResource { get; set; } = "";

    [Field("verbs", 5, Required = true)]
    public List<string> Verbs { get; set; } = [];

    [Field("shortNames", 6)]
    public List<string>? ShortNames { get; set; }

    [Field("categories", 7)]
    public List<string>? Categories { get; set; }

    [Field("subresources", 8)]
    public List<APISubresourceDiscovery>? Subresources { get; set; }
}
