namespace Sampan.Api.ApiExtensions.V1;

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionStatus")]
public sealed partial class CustomResourceDefinitionStatus : IApiType<CustomResourceDefinitionStatus>
{
    [Field("conditions", 1, ListType = "map", ListKeys = ["type"])]
    public List<CustomResourceDefinitionCondition>? Conditions { get; set; }

    [Field("acceptedNames", 2)]
    public CustomResourceDefinitionNames AcceptedNames { get; set; } = new();

    [Field("storedVersions", 3, ListType = "atomic")]
    public List<string>? StoredVersions { get; set; }

    [Field("observedGeneration", 4)]
    public long ObservedGeneration { get; set; }
}
