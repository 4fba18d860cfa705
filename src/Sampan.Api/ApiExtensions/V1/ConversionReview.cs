namespace Sampan.Api.ApiExtensions.V1;

/// <summary>Envelope of a call to a conversion webhook: sent with a request, returned with a response.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ConversionReview")]
[Kind("apiextensions.k8s.io", "v1")]
public sealed partial class ConversionReview : ITyped<ConversionReview>
{
    /// <summary>What is to be converted; set by the server.</summary>
    [Field("request", 1)]
    public ConversionRequest? Request { get; set; }

    /// <summary>The outcome; set by the webhook.</summary>
    [Field("response", 2)]
    public ConversionResponse? Response { get; set; }
}
