namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.NodeAffinity")]
public sealed partial class NodeAffinity : IApiType<NodeAffinity>
{
    [Field("requiredDuringSchedulingIgnoredDuringExecution", 1)]
    public NodeSelector? RequiredDuringSchedulingIgnoredDuringExecution { get; set; }

    [Field("preferredDuringSchedulingIgnoredDuringExecution", 2, ListType = "atomic")]
    public List<PreferredSchedulingTerm>? PreferredDuringSchedulingIgnoredDuringExecution { get; set; }
}
