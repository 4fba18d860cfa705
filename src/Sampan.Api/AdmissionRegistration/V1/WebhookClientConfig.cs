namespace Sampan.Api.AdmissionRegistration.V1;

[ApiType("io.k8s.api.admissionregistration.v1.WebhookClientConfig")]
public sealed partial class WebhookClientConfig : IApiType<WebhookClientConfig>
{
    [Field("url", 3, Pointer = true)]
    public string? Url { get; set; }

    [Field("service", 1)]
    public ServiceReference? Service { get; set; }

    [Field("caBundle", 2)]
    public byte[]? CaBundle { get; set; }
}
