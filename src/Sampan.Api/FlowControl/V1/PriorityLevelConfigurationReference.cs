namespace Sampan.Api.FlowControl.V1;

/// <summary>Names a priority level.</summary>
[ApiType("io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationReference")]
public sealed partial class PriorityLevelConfigurationReference : IApiType<PriorityLevelConfigurationReference>
{
    /// <summary>The priority level's name.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";
}
