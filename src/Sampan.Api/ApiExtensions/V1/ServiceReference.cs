namespace Sampan.Api.ApiExtensions.V1;

/// <summary>The Service in front of a conversion webhook.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ServiceReference")]
public sealed partial class ServiceReference : IApiType<ServiceReference>
{
    /// <summary>Namespace of the conversion webhook's Service.</summary>
    [Field("namespace", 1, Required = true)]
    public string Namespace { get; set; } = "";

    /// <summary>The Service to call; its certificate must cover NAME.NAMESPACE.svc.</summary>
    [Field("name", 2, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>Path in the URL that conversions are posted to.</summary>
    [Field("path", 3, Pointer = true)]
    public string? Path { get; set; }

    /// <summary>Port of the Service, 1 to 65535; 443 by default.</summary>
    [Field("port", 4)]
    public int? Port { get; set; }
}
