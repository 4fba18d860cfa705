namespace Sampan.Api.ApiExtensions.V1;

/// <summary>What has become of a CustomResourceDefinition.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionStatus")]
public sealed partial class CustomResourceDefinitionStatus : IApiType<CustomResourceDefinitionStatus>
{
    /// <summary>Aspects of the state, one entry per type; requests are served once Established is True.</summary>
    [Field("conditions", 1, ListType = "map", ListKeys = ["type"])]
    public List<CustomResourceDefinitionCondition>? Conditions { get; set; }

    /// <summary>Names in force; they lag behind the wanted ones while those collide with another resource.</summary>
    [Field("acceptedNames", 2)]
    public CustomResourceDefinitionNames AcceptedNames { get; set; } = new();

    /// <summary>Versions that objects in the store may still have; remove one only after all objects were migrated.</summary>
    [Field("storedVersions", 3, ListType = "atomic")]
    public List<string>? StoredVersions { get; set; }

    /// <summary>Generation of the definition that the status refers to.</summary>
    [Field("observedGeneration", 4)]
    public long ObservedGeneration { get; set; }
}
