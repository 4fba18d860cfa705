namespace Sampan.Api.ApiExtensions.V1;

/// <summary>Settings of conversion by webhook.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookConversion")]
public sealed partial class WebhookConversion : IApiType<WebhookConversion>
{
    /// <summary>How the webhook is reached; required.</summary>
    [Field("clientConfig", 2)]
    public WebhookClientConfig? ClientConfig { get; set; }

    /// <summary>ConversionReview versions the webhook accepts, in order of preference; v1 should be among them.</summary>
    [Field("conversionReviewVersions", 3, Required = true, ListType = "atomic")]
    public List<string> ConversionReviewVersions { get; set; } = [];
}
