namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.TypedObjectReference")]
public sealed partial class TypedObjectReference : IApiType<TypedObjectReference>
{
    [Field("apiGroup", 1, Always = true, Pointer = true)]
    public string? ApiGroup { get; set; }

    [Field("kind", 2, Required = true)]
    public string Kind { get; set; } = "";

    [Field("name", 3, Required = true)]
    public string Name { get; set; } = "";

    [Field("namespace", 4, Pointer = true)]
    public string? Namespace { get; set; }
}
