namespace Sampan.Api.Authentication.V1;

[ApiType("io.k8s.api.authentication.v1.SelfSubjectReviewStatus")]
public sealed partial class SelfSubjectReviewStatus : IApiType<SelfSubjectReviewStatus>
{
    [Field("userInfo", 1)]
    public UserInfo UserInfo { get; set; } = new();
}
