namespace Sampan.Api.ApiExtensions.V1;

/// <summary>Holder of a custom resource's schema.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceValidation")]
public sealed partial class CustomResourceValidation : IApiType<CustomResourceValidation>
{
    /// <summary>Structural schema that objects are checked against, defaulted by and pruned to.</summary>
    [Field("openAPIV3Schema", 1)]
    public JSONSchemaProps? OpenAPIV3Schema { get; set; }
}
