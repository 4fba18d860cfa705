namespace Sampan.Api.Authorization.V1;

/// <summary>A request about which the caller asks if it would be allowed; for a resource or for a path.</summary>
[ApiType("io.k8s.api.authorization.v1.SelfSubjectAccessReviewSpec")]
public sealed partial class SelfSubjectAccessReviewSpec : IApiType<SelfSubjectAccessReviewSpec>
{
    /// <summary>The request, if it is for a resource; else use the non-resource form.</summary>
    [Field("resourceAttributes", 1)]
    public ResourceAttributes? ResourceAttributes { get; set; }

    /// <summary>The request, if it is for a plain path such as /metrics; else use the resource form.</summary>
    [Field("nonResourceAttributes", 2)]
    public NonResourceAttributes? NonResourceAttributes { get; set; }
}
