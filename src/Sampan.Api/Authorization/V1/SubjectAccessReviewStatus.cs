namespace Sampan.Api.Authorization.V1;

[ApiType("io.k8s.api.authorization.v1.SubjectAccessReviewStatus")]
public sealed partial class SubjectAccessReviewStatus : IApiType<SubjectAccessReviewStatus>
{
    [Field("allowed", 1, Required = true)]
    public bool Allowed { get; set; }

    [Field("denied", 4)]
    public bool Denied { get; set; }

    [Field("reason", 2)]
    public string? Reason { get; set; }

    [Field("evaluationError", 3)]
    public string? EvaluationError { get; set; }
}
