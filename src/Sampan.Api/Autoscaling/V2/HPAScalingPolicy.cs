namespace Sampan.Api.Autoscaling.V2;

[ApiType("io.k8s.api.autoscaling.v2.HPAScalingPolicy")]
public sealed partial class HPAScalingPolicy : IApiType<HPAScalingPolicy>
{
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    [Field("value", 2, Required = true)]
    public int Value { get; set; }

    [Field("periodSeconds", 3, Required = true)]
    public int PeriodSeconds { get; set; }
}
