namespace Sampan.Api.ApiExtensions.V1;

/// <summary>How to call a conversion webhook: by Service or by URL, one of them.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookClientConfig")]
public sealed partial class WebhookClientConfig : IApiType<WebhookClientConfig>
{
    /// <summary>Service of a webhook that runs in the cluster.</summary>
    [Field("service", 1)]
    public ServiceReference? Service { get; set; }

    /// <summary>PEM certificates to verify the webhook's certificate with; the system's roots when absent.</summary>
    [Field("caBundle", 2)]
    public byte[]? CaBundle { get; set; }

    /// <summary>Address of an outside webhook; https, without user, query or fragment.</summary>
    [Field("url", 3, Pointer = true)]
    public string? Url { get; set; }
}
