namespace Sampan.Api.Scheduling.V1Alpha2;

[ApiType("io.k8s.api.scheduling.v1alpha2.TypedLocalObjectReference")]
public sealed partial class TypedLocalObjectReference : IApiType<TypedLocalObjectReference>
{
    [Field("apiGroup", 1, Always = true, Pointer = true)]
    public string? ApiGroup { get; set; }

    [Field("kind", 2, Required = true)]
    public string Kind { get; set; } = "";

    [Field("name", 3, Required = true)]
    public string Name { get; set; } = "";
}
