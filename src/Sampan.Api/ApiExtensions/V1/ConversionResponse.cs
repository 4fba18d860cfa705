using Sampan.Api.Meta.V1;

namespace Sampan.Api.ApiExtensions.V1;

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ConversionResponse")]
public sealed partial class ConversionResponse : IApiType<ConversionResponse>
{
    [Field("uid", 1, Required = true)]
    public string Uid { get; set; } = "";

    [Field("convertedObjects", 2, Required = true)]
    public List<RawExtension> ConvertedObjects { get; set; } = [];

    [Field("result", 3, Required = true)]
    public Status Result { get; set; } = new();
}
