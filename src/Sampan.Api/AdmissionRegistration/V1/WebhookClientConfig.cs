namespace Sampan.Api.AdmissionRegistration.V1;

/// <summary>How to call a webhook: through a Service or at a URL, exactly one of the two.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.WebhookClientConfig")]
public sealed partial class WebhookClientConfig : IApiType<WebhookClientConfig>
{
    /// <summary>Full https address, for webhooks outside the cluster; no user, query or fragment.</summary>
    [Field("url", 3, Pointer = true)]
    public string? Url { get; set; }

    /// <summary>The Service to call, for webhooks that run in the cluster.</summary>
    [Field("service", 1)]
    public ServiceReference? Service { get; set; }

    /// <summary>PEM certificates that the webhook's server certificate must chain to; absent means the system's roots.</summary>
    [Field("caBundle", 2)]
    public byte[]? CaBundle { get; set; }
}
