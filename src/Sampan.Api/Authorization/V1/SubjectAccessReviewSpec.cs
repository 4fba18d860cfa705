namespace Sampan.Api.Authorization.V1;

[ApiType("io.k8s.api.authorization.v1.SubjectAccessReviewSpec")]
public sealed partial class SubjectAccessReviewSpec : IApiType<SubjectAccessReviewSpec>
{
    [Field("resourceAttributes", 1)]
    public ResourceAttributes? ResourceAttributes { get; set; }

    [Field("nonResourceAttributes", 2)]
    public NonResourceAttributes? NonResourceAttributes { get; set; }

    [Field("user", 3)]
    public string? User { get; set; }

    [Field("groups", 4, ListType = "atomic")]
    public List<string>? Groups { get; set; }

    [Field("extra", 5, Wrapped = true)]
    public Dictionary<string, List<string>>? Extra { get; set; }

    [Field("uid", 6)]
    public string? Uid { get; set; }
}
