namespace Sampan.Api.Core.V1;

/// <summary>Says what to do when a container exits in a certain way.</summary>
[ApiType("io.k8s.api.core.v1.ContainerRestartRule")]
public sealed partial class ContainerRestartRule : IApiType<ContainerRestartRule>
{
    /// <summary>What happens on a match; the one choice is Restart, which runs the container again.</summary>
    [Field("action", 1, Required = true, OmitEmpty = true)]
    public string Action { get; set; } = "";

    /// <summary>Exit codes that the rule applies to.</summary>
    [Field("exitCodes", 2)]
    public ContainerRestartRuleOnExitCodes? ExitCodes { get; set; }
}
