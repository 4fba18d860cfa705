namespace Sampan.Api.ApiExtensions.V1;

/// <summary>A field of a custom resource that field selectors can use.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.SelectableField")]
public sealed partial class SelectableField : IApiType<SelectableField>
{
    /// <summary>
    /// Path of a string, integer or boolean outside the metadata, such as .spec.color; no array indexes. Absent values count as empty.
    /// </summary>
    [Field("jsonPath", 1, Required = true)]
    public string JsonPath { get; set; } = "";
}
