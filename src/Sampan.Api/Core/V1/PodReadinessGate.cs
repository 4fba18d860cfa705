namespace Sampan.Api.Core.V1;

/// <summary>A further condition that must be true before a pod counts as ready.</summary>
[ApiType("io.k8s.api.core.v1.PodReadinessGate")]
public sealed partial class PodReadinessGate : IApiType<PodReadinessGate>
{
    /// <summary>Type of the pod condition to look at; missing counts as not ready.</summary>
    [Field("conditionType", 1, Required = true)]
    public string ConditionType { get; set; } = "";
}
