namespace Sampan.Api.Rbac.V1;

[ApiType("io.k8s.api.rbac.v1.RoleRef", MapType = "atomic")]
public sealed partial class RoleRef : IApiType<RoleRef>
{
    [Field("apiGroup", 1, Always = true, Default = "")]
    public string ApiGroup { get; set; } = "";

    [Field("kind", 2, Required = true)]
    public string Kind { get; set; } = "";

    [Field("name", 3, Required = true)]
    public string Name { get; set; } = "";
}
