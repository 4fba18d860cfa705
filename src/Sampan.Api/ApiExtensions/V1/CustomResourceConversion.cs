namespace Sampan.Api.ApiExtensions.V1;

/// <summary>How custom objects get from one version to another.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceConversion")]
public sealed partial class CustomResourceConversion : IApiType<CustomResourceConversion>
{
    /// <summary>None only rewrites apiVersion; Webhook hands the work to a service of yours. Default None.</summary>
    [Field("strategy", 1, Required = true)]
    public string Strategy { get; set; } = "";

    /// <summary>The service that converts; needed for strategy Webhook and not allowed otherwise.</summary>
    [Field("webhook", 2)]
    public WebhookConversion? Webhook { get; set; }
}
