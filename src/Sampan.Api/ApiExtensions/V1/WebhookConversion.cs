namespace Sampan.Api.ApiExtensions.V1;

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookConversion")]
public sealed partial class WebhookConversion : IApiType<WebhookConversion>
{
    [Field("clientConfig", 2)]
    public WebhookClientConfig? ClientConfig { get; set; }

    [Field("conversionReviewVersions", 3, Required = true, ListType = "atomic")]
    public List<string> ConversionReviewVersions { get; set; } = [];
}
