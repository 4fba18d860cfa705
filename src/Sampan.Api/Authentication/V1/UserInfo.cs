namespace Sampan.Api.Authentication.V1;

[ApiType("io.k8s.api.authentication.v1.UserInfo")]
public sealed partial class UserInfo : IApiType<UserInfo>
{
    [Field("username", 1)]
    public string? Username { get; set; }

    [Field("uid", 2)]
    public string? Uid { get; set; }

    [Field("groups", 3, ListType = "atomic")]
    public List<string>? Groups { get; set; }

    [Field("extra", 4, Wrapped = true)]
    public Dictionary<string, List<string>>? Extra { get; set; }
}
