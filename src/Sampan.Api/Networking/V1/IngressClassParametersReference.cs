namespace Sampan.Api.Networking.V1;

[ApiType("io.k8s.api.networking.v1.IngressClassParametersReference")]
public sealed partial class IngressClassParametersReference : IApiType<IngressClassParametersReference>
{
    [Field("apiGroup", 1, Pointer = true)]
    public string? ApiGroup { get; set; }

    [Field("kind", 2, Required = true)]
    public string Kind { get; set; } = "";

    [Field("name", 3, Required = true)]
    public string Name { get; set; } = "";

    [Field("scope", 4, Pointer = true)]
    public string? Scope { get; set; }

    [Field("namespace", 5, Pointer = true)]
    public string? Namespace { get; set; }
}
