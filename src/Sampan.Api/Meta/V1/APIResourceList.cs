namespace Sampan.Api.Meta.V1;

/// <summary>The resources of one group and version.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.APIResourceList")]
[Kind("", "v1")]
public sealed partial class APIResourceList : ITyped<APIResourceList>
{
    /// <summary>The group and version whose resources these are.</summary>
    [Field("groupVersion", 1, Required = true)]
    public string GroupVersion { get; set; } = "";

    /// <summary>The resources, subresources included.</summary>
    [Field("resources", 2, Required = true, ListType = "atomic")]
    public List<APIResource> Resources { get; set; } = [];
}
