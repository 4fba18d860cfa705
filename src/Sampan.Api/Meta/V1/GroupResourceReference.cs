namespace Sampan.Api.Meta.V1;

/// <summary>Names a resource by its group and its plural.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.GroupResource")]
public sealed partial class GroupResourceReference : IApiType<GroupResourceReference>
{
    /// <summary>The API group; empty for the core group.</summary>
    [Field("group", 1, Required = true)]
    public string Group { get; set; } = "";

    /// <summary>The resource in plural.</summary>
    [Field("resource", 2, Required = true)]
    public string Resource { get; set; } = "";
}
