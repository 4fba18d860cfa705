namespace Sampan.Api.ApiExtensions.V1;

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ExternalDocumentation")]
public sealed partial class ExternalDocumentation : IApiType<ExternalDocumentation>
{
    [Field("description", 1)]
    public string? Description { get; set; }

    [Field("url", 2)]
    public string? Url { get; set; }
}
