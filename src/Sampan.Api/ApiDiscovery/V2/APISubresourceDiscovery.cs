using Sampan.Api.Meta.V1;

namespace Sampan.Api.ApiDiscovery.V2;

/// <summary>An endpoint below the objects of a resource.</summary>
[ApiType("io.k8s.api.apidiscovery.v2.APISubresourceDiscovery")]
public sealed partial class APISubresourceDiscovery : IApiType<APISubresourceDiscovery>
{
    /// <summary>Last part of the path, such as status, scale or log.</summary>
    [Field("subresource", 1, Required = true)]
    public string Subresource { get; set; } = "";

    /// <summary>Kind of what the endpoint returns; absent for those that return no API object, such as exec.</summary>
    [Field("responseKind", 2)]
    public KindReference? ResponseKind { get; set; }

    /// <summary>Kinds that may be sent when they differ from what is returned.</summary>
    [Field("acceptedTypes", 3)]
    public List<KindReference>? AcceptedTypes { get; set; }

    /// <summary>Verbs the endpoint takes, such as get, patch and update.</summary>
    [Field("verbs", 4, Required = true)]
    public List<string> Verbs { get; set; } = [];
}
