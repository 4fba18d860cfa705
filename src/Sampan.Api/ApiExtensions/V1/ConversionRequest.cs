namespace Sampan.Api.ApiExtensions.V1;

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ConversionRequest")]
public sealed partial class ConversionRequest : IApiType<ConversionRequest>
{
    [Field("uid", 1, Required = true)]
    public string Uid { get; set; } = "";

    [Field("desiredAPIVersion", 2, Required = true)]
    public string DesiredAPIVersion { get; set; } = "";

    [Field("objects", 3, Required = true)]
    public List<RawExtension> Objects { get; set; } = [];
}
