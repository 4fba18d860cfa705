namespace Sampan.Api.ApiExtensions.V1;

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceValidation")]
public sealed partial class CustomResourceValidation : IApiType<CustomResourceValidation>
{
    [Field("openAPIV3Schema", 1)]
    public JSONSchemaProps? OpenAPIV3Schema { get; set; }
}
