namespace Sampan.Api.Meta.V1;

/// <summary>One version of a group, in both ways of writing it.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.GroupVersionForDiscovery")]
public sealed partial class GroupVersionForDiscovery : IApiType<GroupVersionForDiscovery>
{
    /// <summary>Group and version together, such as apps/v1.</summary>
    [Field("groupVersion", 1, Required = true)]
    public string GroupVersion { get; set; } = "";

    /// <summary>The version alone, such as v1.</summary>
    [Field("version", 2, Required = true)]
    public string Version { get; set; } = "";
}
