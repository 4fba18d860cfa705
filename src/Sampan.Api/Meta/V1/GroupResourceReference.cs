namespace Sampan.Api.Meta.V1;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.GroupResource")]
public sealed partial class GroupResourceReference : IApiType<GroupResourceReference>
{
    [Field("group", 1, Required = true)]
    public string Group { get; set; } = "";

    [Field("resource", 2, Required = true)]
    public string Resource { get; set; } = "";
}
