namespace Sampan.Api.ApiExtensions.V1;

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.SelectableField")]
public sealed partial class SelectableField : IApiType<SelectableField>
{
    [Field("jsonPath", 1, Required = true)]
    public string JsonPath { get; set; } = "";
}
