namespace Sampan.Api.ApiRegistration.V1;

/// <summary>The Service in front of an extension API server.</summary>
[ApiType("io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.ServiceReference")]
public sealed partial class ServiceReference : IApiType<ServiceReference>
{
    /// <summary>Namespace of the extension server's Service.</summary>
    [Field("namespace", 1)]
    public string? Namespace { get; set; }

    /// <summary>The Service that leads to the extension server.</summary>
    [Field("name", 2)]
    public string? Name { get; set; }

    /// <summary>Port of the Service to connect to, 1 to 65535; 443 unless set.</summary>
    [Field("port", 3)]
    public int? Port { get; set; }
}
