namespace Sampan.Api.Node.V1;

/// <summary>What a runtime needs for a pod beside the pod's containers.</summary>
[ApiType("io.k8s.api.node.v1.Overhead")]
public sealed partial class Overhead : IApiType<Overhead>
{
    /// <summary>The resources that every pod of this runtime costs in addition.</summary>
    [Field("podFixed", 1)]
    public Dictionary<string, Quantity>? PodFixed { get; set; }
}
