namespace Sampan.Api.Meta.V1;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.APIGroup")]
[Kind("", "v1")]
public sealed partial class APIGroup : ITyped<APIGroup>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    [Field("versions", 2, Required = true, ListType = "atomic")]
    public List<GroupVersionForDiscovery> Versions { get; set; } = [];

    [Field("preferredVersion", 3)]
    public GroupVersionForDiscovery PreferredVersion { get; set; } = new();

    [Field("serverAddressByClientCIDRs", 4, ListType = "atomic")]
    public List<ServerAddressByClientCIDR>? ServerAddressByClientCIDRs { get; set; }
}
