namespace Sampan.Api.Rbac.V1;

[ApiType("io.k8s.api.rbac.v1.Subject", MapType = "atomic")]
public sealed partial class Subject : IApiType<Subject>
{
    [Field("kind", 1, Required = true)]
    public string Kind { get; set; } = "";

    [Field("apiGroup", 2)]
    public string? ApiGroup { get; set; }

    [Field("name", 3, Required = true)]
    public string Name { get; set; } = "";

    [Field("namespace", 4)]
    public string? Namespace { get; set; }
}
