namespace Sampan.Api.Meta.V1;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.APIResourceList")]
[Kind("", "v1")]
public sealed partial class APIResourceList : ITyped<APIResourceList>
{
    [Field("groupVersion", 1, Required = true)]
    public string GroupVersion { get; set; } = "";

    [Field("resources", 2, Required = true, ListType = "atomic")]
    public List<APIResource> Resources { get; set; } = [];
}
