namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.PodReadinessGate")]
public sealed partial class PodReadinessGate : IApiType<PodReadinessGate>
{
    [Field("conditionType", 1, Required = true)]
    public string ConditionType { get; set; } = "";
}
