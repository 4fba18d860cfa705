namespace Sampan.Api.Meta.V1;

/// <summary>The API groups that the server has.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.APIGroupList")]
[Kind("", "v1")]
public sealed partial class APIGroupList : ITyped<APIGroupList>
{
    /// <summary>The groups that are served, without the core group.</summary>
    [Field("groups", 1, Required = true, ListType = "atomic")]
    public List<APIGroup> Groups { get; set; } = [];
}
