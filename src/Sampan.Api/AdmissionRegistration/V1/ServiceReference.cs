namespace Sampan.Api.AdmissionRegistration.V1;

/// <summary>The Service in front of an admission webhook.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.ServiceReference")]
public sealed partial class ServiceReference : IApiType<ServiceReference>
{
    /// <summary>Namespace the webhook's Service lives in.</summary>
    [Field("namespace", 1, Required = true)]
    public string Namespace { get; set; } = "";

    /// <summary>The webhook's Service; the certificate must be valid for NAME.NAMESPACE.svc.</summary>
    [Field("name", 2, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>URL path the reviews are posted to, such as /mutate-pods.</summary>
    [Field("path", 3, Pointer = true)]
    public string? Path { get; set; }

    /// <summary>Service port to call, 1 to 65535; 443 when absent.</summary>
    [Field("port", 4)]
    public int? Port { get; set; }
}
