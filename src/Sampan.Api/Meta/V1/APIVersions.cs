namespace Sampan.Api.Meta.V1;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.APIVersions")]
[Kind("", "v1")]
public sealed partial class APIVersions : ITyped<APIVersions>
{
    [Field("versions", 1, Required = true, ListType = "atomic")]
    public List<string> Versions { get; set; } = [];

    [Field("serverAddressByClientCIDRs", 2, Required = true, ListType = "atomic")]
    public List<ServerAddressByClientCIDR> ServerAddressByClientCIDRs { get; set; } = [];
}
