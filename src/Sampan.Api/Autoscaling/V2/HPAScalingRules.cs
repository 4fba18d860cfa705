namespace Sampan.Api.Autoscaling.V2;

/// <summary>How boldly to scale in one direction.</summary>
[ApiType("io.k8s.api.autoscaling.v2.HPAScalingRules")]
public sealed partial class HPAScalingRules : IApiType<HPAScalingRules>
{
    /// <summary>Seconds over which the most cautious result counts, 0 to 3600; default 0 upwards and 300 downwards.</summary>
    [Field("stabilizationWindowSeconds", 3)]
    public int? StabilizationWindowSeconds { get; set; }

    /// <summary>Which limit counts: Max, the widest (default); Min, the tightest; Disabled forbids scaling in this direction.</summary>
    [Field("selectPolicy", 1, Pointer = true)]
    public string? SelectPolicy { get; set; }

    /// <summary>Limits on the change; by default 4 pods or 100% per 15 seconds upwards and 100% per 15 seconds downwards.</summary>
    [Field("policies", 2, ListType = "atomic")]
    public List<HPAScalingPolicy>? Policies { get; set; }

    /// <summary>
    /// How far from the target, as a fraction such as 0.05, usage may be without a change; absent means the cluster's setting, normally
    /// 0.1.
    /// </summary>
    [Field("tolerance", 4)]
    public Quantity? Tolerance { get; set; }
}
