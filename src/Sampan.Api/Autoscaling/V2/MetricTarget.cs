namespace Sampan.Api.Autoscaling.V2;

/// <summary>Value of a metric that scaling aims for.</summary>
[ApiType("io.k8s.api.autoscaling.v2.MetricTarget")]
public sealed partial class MetricTarget : IApiType<MetricTarget>
{
    /// <summary>How the goal is given: Utilization in percent, Value in total, or AverageValue per pod.</summary>
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    /// <summary>Goal for the metric as it is read; for type Value.</summary>
    [Field("value", 2)]
    public Quantity? Value { get; set; }

    /// <summary>Goal for the metric divided among the pods; for type AverageValue.</summary>
    [Field("averageValue", 3)]
    public Quantity? AverageValue { get; set; }

    /// <summary>Goal in percent of what the pods request; for type Utilization, with resource metrics only.</summary>
    [Field("averageUtilization", 4)]
    public int? AverageUtilization { get; set; }
}
