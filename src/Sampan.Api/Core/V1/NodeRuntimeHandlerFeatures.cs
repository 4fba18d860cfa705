namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.NodeRuntimeHandlerFeatures")]
public sealed partial class NodeRuntimeHandlerFeatures : IApiType<NodeRuntimeHandlerFeatures>
{
    [Field("recursiveReadOnlyMounts", 1)]
    public bool? RecursiveReadOnlyMounts { get; set; }

    [Field("userNamespaces", 2)]
    public bool? UserNamespaces { get; set; }
}
