namespace Sampan.Api.Core.V1;

/// <summary>What a node's container runtime can do, whichever handler is used.</summary>
[ApiType("io.k8s.api.core.v1.NodeFeatures")]
public sealed partial class NodeFeatures : IApiType<NodeFeatures>
{
    /// <summary>Whether the runtime honours supplementalGroupsPolicy and reports the user of containers.</summary>
    [Field("supplementalGroupsPolicy", 1)]
    public bool? SupplementalGroupsPolicy { get; set; }
}
