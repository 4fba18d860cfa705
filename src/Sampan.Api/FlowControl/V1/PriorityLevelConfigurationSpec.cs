namespace Sampan.Api.FlowControl.V1;

[ApiType("io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationSpec", Unions = "[{\"discriminator\":\"type\",\"fields-to-discriminateBy\":{\"exempt\":\"Exempt\",\"limited\":\"Limited\"}}]")]
public sealed partial class PriorityLevelConfigurationSpec : IApiType<PriorityLevelConfigurationSpec>
{
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    [Field("limited", 2)]
    public LimitedPriorityLevelConfiguration? Limited { get; set; }

    [Field("exempt", 3)]
    public ExemptPriorityLevelConfiguration? Exempt { get; set; }
}
