namespace Sampan.Api.ApiRegistration.V1;

[ApiType("io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceCondition")]
public sealed partial class APIServiceCondition : IApiType<APIServiceCondition>
{
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    [Field("status", 2, Required = true)]
    public string Status { get; set; } = "";

    [Field("lastTransitionTime", 3)]
    public Time? LastTransitionTime { get; set; }

    [Field("reason", 4)]
    public string? Reason { get; set; }

    [Field("message", 5)]
    public string? Message { get; set; }
}
