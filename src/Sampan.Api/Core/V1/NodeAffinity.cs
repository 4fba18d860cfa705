namespace Sampan.Api.Core.V1;

/// <summary>Rules on which nodes suit a pod.</summary>
[ApiType("io.k8s.api.core.v1.NodeAffinity")]
public sealed partial class NodeAffinity : IApiType<NodeAffinity>
{
    /// <summary>What a node must fulfil for the pod to be placed there; a pod that already runs is not moved.</summary>
    [Field("requiredDuringSchedulingIgnoredDuringExecution", 1)]
    public NodeSelector? RequiredDuringSchedulingIgnoredDuringExecution { get; set; }

    /// <summary>Wishes about the node; the scheduler adds up the weights of those fulfilled and prefers the highest sum.</summary>
    [Field("preferredDuringSchedulingIgnoredDuringExecution", 2, ListType = "atomic")]
    public List<PreferredSchedulingTerm>? PreferredDuringSchedulingIgnoredDuringExecution { get; set; }
}
