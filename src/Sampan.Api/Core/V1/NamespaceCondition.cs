namespace Sampan.Api.Core.V1;

/// <summary>An observation about a namespace, mostly about what holds up its deletion.</summary>
[ApiType("io.k8s.api.core.v1.NamespaceCondition")]
public sealed partial class NamespaceCondition : IApiType<NamespaceCondition>
{
    /// <summary>What is observed, such as NamespaceContentRemaining or NamespaceFinalizersRemaining.</summary>
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    /// <summary>Whether the observation holds: True, False or Unknown.</summary>
    [Field("status", 2, Required = true)]
    public string Status { get; set; } = "";

    /// <summary>When the status last changed.</summary>
    [Field("lastTransitionTime", 4)]
    public Time? LastTransitionTime { get; set; }

    /// <summary>Cause in one word for programs.</summary>
    [Field("reason", 5)]
    public string? Reason { get; set; }

    /// <summary>Details for people, such as which content still remains.</summary>
    [Field("message", 6)]
    public string? Message { get; set; }
}
