namespace Sampan.Api.Core.V1;

/// <summary>A taint that the pod accepts.</summary>
[ApiType("io.k8s.api.core.v1.Toleration")]
public sealed partial class Toleration : IApiType<Toleration>
{
    /// <summary>Taint that is tolerated; empty, with operator Exists, stands for every taint.</summary>
    [Field("key", 1)]
    public string? Key { get; set; }

    /// <summary>
    /// How to compare with the taint: Equal (the default), Exists (any value), or, where enabled, Lt and Gt for integers.
    /// </summary>
    [Field("operator", 2)]
    public string? Operator { get; set; }

    /// <summary>Value that the taint is compared with; must be empty with Exists.</summary>
    [Field("value", 3)]
    public string? Value { get; set; }

    /// <summary>NoSchedule, PreferNoSchedule or NoExecute; empty tolerates all three.</summary>
    [Field("effect", 4)]
    public string? Effect { get; set; }

    /// <summary>Seconds a pod stays on the node after a NoExecute taint appears; forever when absent, 0 or less leaves at once.</summary>
    [Field("tolerationSeconds", 5)]
    public long? TolerationSeconds { get; set; }
}
