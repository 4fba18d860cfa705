namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.NodeRuntimeHandler")]
public sealed partial class NodeRuntimeHandler : IApiType<NodeRuntimeHandler>
{
    [Field("name", 1, Always = true, Default = "")]
    public string Name { get; set; } = "";

    [Field("features", 2)]
    public NodeRuntimeHandlerFeatures? Features { get; set; }
}
