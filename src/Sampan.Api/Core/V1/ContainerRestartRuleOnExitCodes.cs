namespace Sampan.Api.Core.V1;

/// <summary>A set of exit codes and whether to match those in it or those outside.</summary>
[ApiType("io.k8s.api.core.v1.ContainerRestartRuleOnExitCodes")]
public sealed partial class ContainerRestartRuleOnExitCodes : IApiType<ContainerRestartRuleOnExitCodes>
{
    /// <summary>In matches the listed exit codes, NotIn all the others.</summary>
    [Field("operator", 1, Required = true, OmitEmpty = true)]
    public string Operator { get; set; } = "";

    /// <summary>Exit codes to compare with; at most 255.</summary>
    [Field("values", 2, ListType = "set")]
    public List<int>? Values { get; set; }
}
