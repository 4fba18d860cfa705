namespace Sampan.Api.Meta.V1;

/// <summary>A group of the API: its name and the versions that are served.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.APIGroup")]
[Kind("", "v1")]
public sealed partial class APIGroup : ITyped<APIGroup>
{
    /// <summary>The group's name; empty for the core group.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>The versions that are served, best first.</summary>
    [Field("versions", 2, Required = true, ListType = "atomic")]
    public List<GroupVersionForDiscovery> Versions { get; set; } = [];

    /// <summary>The version a client should take when it has no other reason.</summary>
    [Field("preferredVersion", 3)]
    public GroupVersionForDiscovery PreferredVersion { get; set; } = new();

    /// <summary>Which address a client of which network should use; the first match counts.</summary>
    [Field("serverAddressByClientCIDRs", 4, ListType = "atomic")]
    public List<ServerAddressByClientCIDR>? ServerAddressByClientCIDRs { get; set; }
}
