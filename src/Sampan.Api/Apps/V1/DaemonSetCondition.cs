namespace Sampan.Api.Apps.V1;

/// <summary>One aspect of a DaemonSet's state.</summary>
[ApiType("io.k8s.api.apps.v1.DaemonSetCondition")]
public sealed partial class DaemonSetCondition : IApiType<DaemonSetCondition>
{
    /// <summary>Aspect the entry is about, in CamelCase.</summary>
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    /// <summary>Whether it holds: True, False or Unknown.</summary>
    [Field("status", 2, Required = true)]
    public string Status { get; set; } = "";

    /// <summary>Since when the status has had its value.</summary>
    [Field("lastTransitionTime", 3)]
    public Time? LastTransitionTime { get; set; }

    /// <summary>Short CamelCase cause of the latest change.</summary>
    [Field("reason", 4)]
    public string? Reason { get; set; }

    /// <summary>The latest change explained for people.</summary>
    [Field("message", 5)]
    public string? Message { get; set; }
}
