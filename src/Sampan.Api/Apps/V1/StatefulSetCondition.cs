namespace Sampan.Api.Apps.V1;

/// <summary>One aspect of a StatefulSet's state.</summary>
[ApiType("io.k8s.api.apps.v1.StatefulSetCondition")]
public sealed partial class StatefulSetCondition : IApiType<StatefulSetCondition>
{
    /// <summary>Name of the aspect, in CamelCase.</summary>
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    /// <summary>Holds (True), does not hold (False) or cannot be told (Unknown).</summary>
    [Field("status", 2, Required = true)]
    public string Status { get; set; } = "";

    /// <summary>When the present status set in.</summary>
    [Field("lastTransitionTime", 3)]
    public Time? LastTransitionTime { get; set; }

    /// <summary>Why it set in, in one CamelCase word.</summary>
    [Field("reason", 4)]
    public string? Reason { get; set; }

    /// <summary>Why it set in, told for people.</summary>
    [Field("message", 5)]
    public string? Message { get; set; }
}
