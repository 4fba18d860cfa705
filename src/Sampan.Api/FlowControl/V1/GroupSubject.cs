namespace Sampan.Api.FlowControl.V1;

/// <summary>All members of a group.</summary>
[ApiType("io.k8s.api.flowcontrol.v1.GroupSubject")]
public sealed partial class GroupSubject : IApiType<GroupSubject>
{
    /// <summary>The group's name, or an asterisk for every group.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";
}
