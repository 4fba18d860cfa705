namespace Sampan.Api.Core.V1;

/// <summary>Points to an object of a given kind in the same namespace.</summary>
[ApiType("io.k8s.api.core.v1.TypedLocalObjectReference", MapType = "atomic")]
public sealed partial class TypedLocalObjectReference : IApiType<TypedLocalObjectReference>
{
    /// <summary>API group of the object; absent for the core group.</summary>
    [Field("apiGroup", 1, Always = true, Pointer = true)]
    public string? ApiGroup { get; set; }

    /// <summary>Kind of the object, such as VolumeSnapshot.</summary>
    [Field("kind", 2, Required = true)]
    public string Kind { get; set; } = "";

    /// <summary>Name that the object has in the namespace.</summary>
    [Field("name", 3, Required = true)]
    public string Name { get; set; } = "";
}
