namespace Sampan.Api.Authorization.V1;

[ApiType("io.k8s.api.authorization.v1.SelfSubjectAccessReviewSpec")]
public sealed partial class SelfSubjectAccessReviewSpec : IApiType<SelfSubjectAccessReviewSpec>
{
    [Field("resourceAttributes", 1)]
    public ResourceAttributes? ResourceAttributes { get; set; }

    [Field("nonResourceAttributes", 2)]
    public NonResourceAttributes? NonResourceAttributes { get; set; }
}
