namespace Sampan.Api.Meta.V1;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.APIGroupList")]
[Kind("", "v1")]
public sealed partial class APIGroupList : ITyped<APIGroupList>
{
    [Field("groups", 1, Required = true, ListType = "atomic")]
    public List<APIGroup> Groups { get; set; } = [];
}
