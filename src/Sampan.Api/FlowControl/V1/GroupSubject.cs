namespace Sampan.Api.FlowControl.V1;

[ApiType("io.k8s.api.flowcontrol.v1.GroupSubject")]
public sealed partial class GroupSubject : IApiType<GroupSubject>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";
}
