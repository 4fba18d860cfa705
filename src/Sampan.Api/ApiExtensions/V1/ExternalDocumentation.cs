namespace Sampan.Api.ApiExtensions.V1;

/// <summary>A link to further documentation.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ExternalDocumentation")]
public sealed partial class ExternalDocumentation : IApiType<ExternalDocumentation>
{
    /// <summary>What is to be found there.</summary>
    [Field("description", 1)]
    public string? Description { get; set; }

    /// <summary>Address of the documentation.</summary>
    [Field("url", 2)]
    public string? Url { get; set; }
}
