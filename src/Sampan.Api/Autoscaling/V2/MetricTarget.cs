namespace Sampan.Api.Autoscaling.V2;

[ApiType("io.k8s.api.autoscaling.v2.MetricTarget")]
public sealed partial class MetricTarget : IApiType<MetricTarget>
{
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    [Field("value", 2)]
    public Quantity? Value { get; set; }

    [Field("averageValue", 3)]
    public Quantity? AverageValue { get; set; }

    [Field("averageUtilization", 4)]
    public int? AverageUtilization { get; set; }
}
