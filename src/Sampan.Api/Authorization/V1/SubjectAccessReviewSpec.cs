namespace Sampan.Api.Authorization.V1;

/// <summary>A user and a request about which it is asked if it would be allowed; for a resource or for a path.</summary>
[ApiType("io.k8s.api.authorization.v1.SubjectAccessReviewSpec")]
public sealed partial class SubjectAccessReviewSpec : IApiType<SubjectAccessReviewSpec>
{
    /// <summary>What is asked for, if a resource; excludes the other form.</summary>
    [Field("resourceAttributes", 1)]
    public ResourceAttributes? ResourceAttributes { get; set; }

    /// <summary>What is asked for, if a path outside the resource APIs; excludes the other form.</summary>
    [Field("nonResourceAttributes", 2)]
    public NonResourceAttributes? NonResourceAttributes { get; set; }

    /// <summary>User name to judge; may be left out if groups are given. Group memberships are not looked up.</summary>
    [Field("user", 3)]
    public string? User { get; set; }

    /// <summary>Groups to judge the request by; list all that should count.</summary>
    [Field("groups", 4, ListType = "atomic")]
    public List<string>? Groups { get; set; }

    /// <summary>Whatever else the authenticator found out about the user, by key.</summary>
    [Field("extra", 5, Wrapped = true)]
    public Dictionary<string, List<string>>? Extra { get; set; }

    /// <summary>The user's UID, for authorizers that look at it.</summary>
    [Field("uid", 6)]
    public string? Uid { get; set; }
}
