namespace Sampan.Api.Autoscaling.V2;

/// <summary>A limit on how much the number of pods may change in a period.</summary>
[ApiType("io.k8s.api.autoscaling.v2.HPAScalingPolicy")]
public sealed partial class HPAScalingPolicy : IApiType<HPAScalingPolicy>
{
    /// <summary>Unit of the limit: Pods, or Percent of the number at the period's start.</summary>
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    /// <summary>How many pods or percent may be added or removed in the period; more than 0.</summary>
    [Field("value", 2, Required = true)]
    public int Value { get; set; }

    /// <summary>Length of the period in seconds, 1 to 1800.</summary>
    [Field("periodSeconds", 3, Required = true)]
    public int PeriodSeconds { get; set; }
}
