namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ContainerRestartRuleOnExitCodes")]
public sealed partial class ContainerRestartRuleOnExitCodes : IApiType<ContainerRestartRuleOnExitCodes>
{
    [Field("operator", 1, Required = true, OmitEmpty = true)]
    public string Operator { get; set; } = "";

    [Field("values", 2, ListType = "set")]
    public List<int>? Values { get; set; }
}
