namespace Sampan.Api.FlowControl.V1;

/// <summary>Who makes a request: a user, a group or a service account.</summary>
[ApiType("io.k8s.api.flowcontrol.v1.Subject", Unions = "[{\"discriminator\":\"kind\",\"fields-to-discriminateBy\":{\"group\":\"Group\",\"serviceAccount\":\"ServiceAccount\",\"user\":\"User\"}}]")]
public sealed partial class Subject : IApiType<Subject>
{
    /// <summary>User, Group or ServiceAccount; says which of the other fields is set.</summary>
    [Field("kind", 1, Required = true)]
    public string Kind { get; set; } = "";

    /// <summary>The user; only with kind User.</summary>
    [Field("user", 2)]
    public UserSubject? User { get; set; }

    /// <summary>The group; only with kind Group.</summary>
    [Field("group", 3)]
    public GroupSubject? Group { get; set; }

    /// <summary>The service account; only with kind ServiceAccount.</summary>
    [Field("serviceAccount", 4)]
    public ServiceAccountSubject? ServiceAccount { get; set; }
}
