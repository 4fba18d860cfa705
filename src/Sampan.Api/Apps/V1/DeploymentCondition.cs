namespace Sampan.Api.Apps.V1;

[ApiType("io.k8s.api.apps.v1.DeploymentCondition")]
public sealed partial class DeploymentCondition : IApiType<DeploymentCondition>
{
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    [Field("status", 2, Required = true)]
    public string Status { get; set; } = "";

    [Field("lastUpdateTime", 6)]
    public Time? LastUpdateTime { get; set; }

    [Field("lastTransitionTime", 7)]
    public Time? LastTransitionTime { get; set; }

    [Field("reason", 4)]
    public string? Reason { get; set; }

    [Field("message", 5)]
    public string? Message { get; set; }
}
