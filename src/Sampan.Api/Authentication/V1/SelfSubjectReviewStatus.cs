namespace Sampan.Api.Authentication.V1;

/// <summary>Who the server takes the caller for.</summary>
[ApiType("io.k8s.api.authentication.v1.SelfSubjectReviewStatus")]
public sealed partial class SelfSubjectReviewStatus : IApiType<SelfSubjectReviewStatus>
{
    /// <summary>Name, groups and further attributes of the caller; those of the impersonated user when impersonating.</summary>
    [Field("userInfo", 1)]
    public UserInfo UserInfo { get; set; } = new();
}
