namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ContainerRestartRule")]
public sealed partial class ContainerRestartRule : IApiType<ContainerRestartRule>
{
    [Field("action", 1, Required = true, OmitEmpty = true)]
    public string Action { get; set; } = "";

    [Field("exitCodes", 2)]
    public ContainerRestartRuleOnExitCodes? ExitCodes { get; set; }
}
