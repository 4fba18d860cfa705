namespace Sampan.Api.FlowControl.V1;

/// <summary>Whether a level is limited, and how.</summary>
[ApiType("io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationSpec", Unions = "[{\"discriminator\":\"type\",\"fields-to-discriminateBy\":{\"exempt\":\"Exempt\",\"limited\":\"Limited\"}}]")]
public sealed partial class PriorityLevelConfigurationSpec : IApiType<PriorityLevelConfigurationSpec>
{
    /// <summary>Limited, or Exempt for requests that never wait.</summary>
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    /// <summary>The limits; required with Limited and not allowed with Exempt.</summary>
    [Field("limited", 2)]
    public LimitedPriorityLevelConfiguration? Limited { get; set; }

    /// <summary>What an exempt level lends to others; only with Exempt.</summary>
    [Field("exempt", 3)]
    public ExemptPriorityLevelConfiguration? Exempt { get; set; }
}
