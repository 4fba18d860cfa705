namespace Sampan.Api.Meta.V1;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.GroupVersionForDiscovery")]
public sealed partial class GroupVersionForDiscovery : IApiType<GroupVersionForDiscovery>
{
    [Field("groupVersion", 1, Required = true)]
    public string GroupVersion { get; set; } = "";

    [Field("version", 2, Required = true)]
    public string Version { get; set; } = "";
}
