namespace Sampan.Api.ApiExtensions.V1;

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ConversionReview")]
[Kind("apiextensions.k8s.io", "v1")]
public sealed partial class ConversionReview : ITyped<ConversionReview>
{
    [Field("request", 1)]
    public ConversionRequest? Request { get; set; }

    [Field("response", 2)]
    public ConversionResponse? Response { get; set; }
}
