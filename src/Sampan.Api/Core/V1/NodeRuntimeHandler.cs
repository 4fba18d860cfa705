namespace Sampan.Api.Core.V1;

/// <summary>A way of running containers that a node offers.</summary>
[ApiType("io.k8s.api.core.v1.NodeRuntimeHandler")]
public sealed partial class NodeRuntimeHandler : IApiType<NodeRuntimeHandler>
{
    /// <summary>Handler name that a RuntimeClass refers to; empty for the default handler.</summary>
    [Field("name", 1, Always = true, Default = "")]
    public string Name { get; set; } = "";

    /// <summary>Optional abilities that the handler supports.</summary>
    [Field("features", 2)]
    public NodeRuntimeHandlerFeatures? Features { get; set; }
}
