namespace Sampan.Api.ApiExtensions.V1;

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookClientConfig")]
public sealed partial class WebhookClientConfig : IApiType<WebhookClientConfig>
{
    [Field("service", 1)]
    public ServiceReference? Service { get; set; }

    [Field("caBundle", 2)]
    public byte[]? CaBundle { get; set; }

    [Field("url", 3, Pointer = true)]
    public string? Url { get; set; }
}
