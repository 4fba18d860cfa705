namespace Sampan.Api.ApiDiscovery.V2;

/// <summary>A version of an API group and the resources served in it.</summary>
[ApiType("io.k8s.api.apidiscovery.v2.APIVersionDiscovery")]
public sealed partial class APIVersionDiscovery : IApiType<APIVersionDiscovery>
{
    /// <summary>Version without the group, such as v1 or v2beta1.</summary>
    [Field("version", 1, Required = true)]
    public string Version { get; set; } = "";

    /// <summary>The resources of this version.</summary>
    [Field("resources", 2)]
    public List<APIResourceDiscovery>? Resources { get; set; }

    /// <summary>Current if the list is up to date, Stale if the server that provides it could not be asked lately.</summary>
    [Field("freshness", 3)]
    public string? Freshness { get; set; }
}
