namespace Sampan.Api.Core.V1;

/// <summary>A wish about the node, with its weight.</summary>
[ApiType("io.k8s.api.core.v1.PreferredSchedulingTerm")]
public sealed partial class PreferredSchedulingTerm : IApiType<PreferredSchedulingTerm>
{
    /// <summary>Points for nodes that fulfil the wish, 1 to 100.</summary>
    [Field("weight", 1, Required = true)]
    public int Weight { get; set; }

    /// <summary>What the node should be like.</summary>
    [Field("preference", 2, Required = true)]
    public NodeSelectorTerm Preference { get; set; } = new();
}
