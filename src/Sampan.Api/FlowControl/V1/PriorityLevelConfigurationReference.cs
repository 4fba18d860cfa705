namespace Sampan.Api.FlowControl.V1;

[ApiType("io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationReference")]
public sealed partial class PriorityLevelConfigurationReference : IApiType<PriorityLevelConfigurationReference>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";
}
