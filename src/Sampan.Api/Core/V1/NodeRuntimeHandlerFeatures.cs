namespace Sampan.Api.Core.V1;

/// <summary>What one runtime handler of a node can do.</summary>
[ApiType("io.k8s.api.core.v1.NodeRuntimeHandlerFeatures")]
public sealed partial class NodeRuntimeHandlerFeatures : IApiType<NodeRuntimeHandlerFeatures>
{
    /// <summary>Whether the handler can make a mount and all mounts below it read-only.</summary>
    [Field("recursiveReadOnlyMounts", 1)]
    public bool? RecursiveReadOnlyMounts { get; set; }

    /// <summary>Whether the handler can run pods in user namespaces of their own, also for their volumes.</summary>
    [Field("userNamespaces", 2)]
    public bool? UserNamespaces { get; set; }
}
