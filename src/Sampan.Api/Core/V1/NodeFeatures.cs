namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.NodeFeatures")]
public sealed partial class NodeFeatures : IApiType<NodeFeatures>
{
    [Field("supplementalGroupsPolicy", 1)]
    public bool? SupplementalGroupsPolicy { get; set; }
}
