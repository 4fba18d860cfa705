namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.PreferredSchedulingTerm")]
public sealed partial class PreferredSchedulingTerm : IApiType<PreferredSchedulingTerm>
{
    [Field("weight", 1, Required = true)]
    public int Weight { get; set; }

    [Field("preference", 2, Required = true)]
    public NodeSelectorTerm Preference { get; set; } = new();
}
