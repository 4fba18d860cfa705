namespace Sampan.Api.Autoscaling.V2;

[ApiType("io.k8s.api.autoscaling.v2.MetricValueStatus")]
public sealed partial class MetricValueStatus : IApiType<MetricValueStatus>
{
    [Field("value", 1)]
    public Quantity? Value { get; set; }

    [Field("averageValue", 2)]
    public Quantity? AverageValue { get; set; }

    [Field("averageUtilization", 3)]
    public int? AverageUtilization { get; set; }
}
