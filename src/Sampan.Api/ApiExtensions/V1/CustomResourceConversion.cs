namespace Sampan.Api.ApiExtensions.V1;

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceConversion")]
public sealed partial class CustomResourceConversion : IApiType<CustomResourceConversion>
{
    [Field("strategy", 1, Required = true)]
    public string Strategy { get; set; } = "";

    [Field("webhook", 2)]
    public WebhookConversion? Webhook { get; set; }
}
