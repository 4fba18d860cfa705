namespace Sampan.Api.Rbac.V1;

/// <summary>A user, a group or a service account.</summary>
[ApiType("io.k8s.api.rbac.v1.Subject", MapType = "atomic")]
public sealed partial class Subject : IApiType<Subject>
{
    /// <summary>User, Group or ServiceAccount.</summary>
    [Field("kind", 1, Required = true)]
    public string Kind { get; set; } = "";

    /// <summary>rbac.authorization.k8s.io for users and groups, empty for service accounts; the default follows the kind.</summary>
    [Field("apiGroup", 2)]
    public string? ApiGroup { get; set; }

    /// <summary>The name of the user, group or service account.</summary>
    [Field("name", 3, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>The service account's namespace; not allowed for users and groups.</summary>
    [Field("namespace", 4)]
    public string? Namespace { get; set; }
}
