namespace Sampan.Api.Rbac.V1;

/// <summary>Names the role of a binding.</summary>
[ApiType("io.k8s.api.rbac.v1.RoleRef", MapType = "atomic")]
public sealed partial class RoleRef : IApiType<RoleRef>
{
    /// <summary>Always rbac.authorization.k8s.io.</summary>
    [Field("apiGroup", 1, Always = true, Default = "")]
    public string ApiGroup { get; set; } = "";

    /// <summary>Role or ClusterRole.</summary>
    [Field("kind", 2, Required = true)]
    public string Kind { get; set; } = "";

    /// <summary>The role's name.</summary>
    [Field("name", 3, Required = true)]
    public string Name { get; set; } = "";
}
