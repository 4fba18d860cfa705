namespace Sampan.Api.Core.V1;

/// <summary>Points to an object of a given kind, perhaps in another namespace.</summary>
[ApiType("io.k8s.api.core.v1.TypedObjectReference")]
public sealed partial class TypedObjectReference : IApiType<TypedObjectReference>
{
    /// <summary>API group of the object; absent for the core group.</summary>
    [Field("apiGroup", 1, Always = true, Pointer = true)]
    public string? ApiGroup { get; set; }

    /// <summary>Kind of the object, such as VolumeSnapshot.</summary>
    [Field("kind", 2, Required = true)]
    public string Kind { get; set; } = "";

    /// <summary>Name that the object has in its namespace.</summary>
    [Field("name", 3, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>Namespace of the object; another one than the claim's needs a ReferenceGrant there. The claim's own when absent.</summary>
    [Field("namespace", 4, Pointer = true)]
    public string? Namespace { get; set; }
}
