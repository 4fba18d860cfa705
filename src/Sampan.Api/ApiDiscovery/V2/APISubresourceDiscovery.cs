using Sampan.Api.Meta.V1;

namespace Sampan.Api.ApiDiscovery.V2;

[ApiType("io.k8s.api.apidiscovery.v2.APISubresourceDiscovery")]
public sealed partial class APISubresourceDiscovery : IApiType<APISubresourceDiscovery>
{
    [Field("subresource", 1, Required = true)]
    public string Subresource { get; set; } = "";

    [Field("responseKind", 2)]
    public KindReference? ResponseKind { get; set; }

    [Field("acceptedTypes", 3)]
    public List<KindReference>? AcceptedTypes { get; set; }

    [Field("verbs", 4, Required = true)]
    public List<string> Verbs { get; set; } = [];
}
