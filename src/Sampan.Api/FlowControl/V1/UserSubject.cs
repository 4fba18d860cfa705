namespace Sampan.Api.FlowControl.V1;

[ApiType("io.k8s.api.flowcontrol.v1.UserSubject")]
public sealed partial class UserSubject : IApiType<UserSubject>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";
}
