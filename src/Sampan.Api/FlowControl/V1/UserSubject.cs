namespace Sampan.Api.FlowControl.V1;

/// <summary>A user by name.</summary>
[ApiType("io.k8s.api.flowcontrol.v1.UserSubject")]
public sealed partial class UserSubject : IApiType<UserSubject>
{
    /// <summary>The user's name, or an asterisk for every user.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";
}
