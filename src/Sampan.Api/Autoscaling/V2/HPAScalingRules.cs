namespace Sampan.Api.Autoscaling.V2;

[ApiType("io.k8s.api.autoscaling.v2.HPAScalingRules")]
public sealed partial class HPAScalingRules : IApiType<HPAScalingRules>
{
    [Field("stabilizationWindowSeconds", 3)]
    public int? StabilizationWindowSeconds { get; set; }

    [Field("selectPolicy", 1, Pointer = true)]
    public string? SelectPolicy { get; set; }

    [Field("policies", 2, ListType = "atomic")]
    public List<HPAScalingPolicy>? Policies { get; set; }

    [Field("tolerance", 4)]
    public Quantity? Tolerance { get; set; }
}
