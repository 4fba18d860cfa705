namespace Sampan.Api.Meta.V1;

/// <summary>The versions of the core group.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.APIVersions")]
[Kind("", "v1")]
public sealed partial class APIVersions : ITyped<APIVersions>
{
    /// <summary>The versions that are served, best first.</summary>
    [Field("versions", 1, Required = true, ListType = "atomic")]
    public List<string> Versions { get; set; } = [];

    /// <summary>Which address a client of which network should use; the first match counts.</summary>
    [Field("serverAddressByClientCIDRs", 2, Required = true, ListType = "atomic")]
    public List<ServerAddressByClientCIDR> ServerAddressByClientCIDRs { get; set; } = [];
}
