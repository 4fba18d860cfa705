namespace Sampan.Api.Authorization.V1;

/// <summary>The authorizers' verdict on a request.</summary>
[ApiType("io.k8s.api.authorization.v1.SubjectAccessReviewStatus")]
public sealed partial class SubjectAccessReviewStatus : IApiType<SubjectAccessReviewStatus>
{
    /// <summary>True if the request would be let through.</summary>
    [Field("allowed", 1, Required = true)]
    public bool Allowed { get; set; }

    /// <summary>
    /// True if an authorizer expressly forbids it; false on both counts means that none had an opinion, which also refuses it.
    /// </summary>
    [Field("denied", 4)]
    public bool Denied { get; set; }

    /// <summary>What the verdict rests on, for people, such as the RBAC binding that allows it.</summary>
    [Field("reason", 2)]
    public string? Reason { get; set; }

    /// <summary>Trouble met while judging, such as a missing role; the verdict can be sound nevertheless.</summary>
    [Field("evaluationError", 3)]
    public string? EvaluationError { get; set; }
}
