namespace Sampan.Api.Authentication.V1;

/// <summary>A user as established by authentication.</summary>
[ApiType("io.k8s.api.authentication.v1.UserInfo")]
public sealed partial class UserInfo : IApiType<UserInfo>
{
    /// <summary>Login name, such as system:serviceaccount:NAMESPACE:NAME for a service account.</summary>
    [Field("username", 1)]
    public string? Username { get; set; }

    /// <summary>Tells apart users who had the same name at different times; often empty.</summary>
    [Field("uid", 2)]
    public string? Uid { get; set; }

    /// <summary>Groups of the user, such as system:authenticated.</summary>
    [Field("groups", 3, ListType = "atomic")]
    public List<string>? Groups { get; set; }

    /// <summary>Whatever else the authenticator found out about the user, by key.</summary>
    [Field("extra", 4, Wrapped = true)]
    public Dictionary<string, List<string>>? Extra { get; set; }
}
