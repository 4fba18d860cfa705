namespace Sampan.Api.Apps.V1;

/// <summary>One aspect of a ReplicaSet's state.</summary>
[ApiType("io.k8s.api.apps.v1.ReplicaSetCondition")]
public sealed partial class ReplicaSetCondition : IApiType<ReplicaSetCondition>
{
    /// <summary>Aspect the entry is about; ReplicaFailure tells that pods could not be created or deleted.</summary>
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    /// <summary>True if the aspect holds, else False; Unknown if that is unclear.</summary>
    [Field("status", 2, Required = true)]
    public string Status { get; set; } = "";

    /// <summary>Time of the last change of the status.</summary>
    [Field("lastTransitionTime", 3)]
    public Time? LastTransitionTime { get; set; }

    /// <summary>CamelCase cause, such as FailedCreate.</summary>
    [Field("reason", 4)]
    public string? Reason { get; set; }

    /// <summary>Details of the cause, such as the error of a refused pod.</summary>
    [Field("message", 5)]
    public string? Message { get; set; }
}
