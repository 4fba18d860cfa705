namespace Sampan.Api.FlowControl.V1;

[ApiType("io.k8s.api.flowcontrol.v1.Subject", Unions = "[{\"discriminator\":\"kind\",\"fields-to-discriminateBy\":{\"group\":\"Group\",\"serviceAccount\":\"ServiceAccount\",\"user\":\"User\"}}]")]
public sealed partial class Subject : IApiType<Subject>
{
    [Field("kind", 1, Required = true)]
    public string Kind { get; set; } = "";

    [Field("user", 2)]
    public UserSubject? User { get; set; }

    [Field("group", 3)]
    public GroupSubject? Group { get; set; }

    [Field("serviceAccount", 4)]
    public ServiceAccountSubject? ServiceAccount { get; set; }
}
