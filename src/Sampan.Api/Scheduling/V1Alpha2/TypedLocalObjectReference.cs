namespace Sampan.Api.Scheduling.V1Alpha2;

/// <summary>Names an object of the same namespace.</summary>
[ApiType("io.k8s.api.scheduling.v1alpha2.TypedLocalObjectReference")]
public sealed partial class TypedLocalObjectReference : IApiType<TypedLocalObjectReference>
{
    /// <summary>The API group of the object; empty for the core group.</summary>
    [Field("apiGroup", 1, Always = true, Pointer = true)]
    public string? ApiGroup { get; set; }

    /// <summary>The object's kind.</summary>
    [Field("kind", 2, Required = true)]
    public string Kind { get; set; } = "";

    /// <summary>The object's name.</summary>
    [Field("name", 3, Required = true)]
    public string Name { get; set; } = "";
}
