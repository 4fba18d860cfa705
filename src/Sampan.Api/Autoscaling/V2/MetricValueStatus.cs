namespace Sampan.Api.Autoscaling.V2;

/// <summary>A metric as it was last read.</summary>
[ApiType("io.k8s.api.autoscaling.v2.MetricValueStatus")]
public sealed partial class MetricValueStatus : IApiType<MetricValueStatus>
{
    /// <summary>The reading as a total, undivided.</summary>
    [Field("value", 1)]
    public Quantity? Value { get; set; }

    /// <summary>The reading divided by the number of pods.</summary>
    [Field("averageValue", 2)]
    public Quantity? AverageValue { get; set; }

    /// <summary>The reading in percent of the pods' requests.</summary>
    [Field("averageUtilization", 3)]
    public int? AverageUtilization { get; set; }
}
