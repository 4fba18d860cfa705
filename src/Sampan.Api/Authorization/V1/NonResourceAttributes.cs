namespace Sampan.Api.Authorization.V1;

[ApiType("io.k8s.api.authorization.v1.NonResourceAttributes")]
public sealed partial class NonResourceAttributes : IApiType<NonResourceAttributes>
{
    [Field("path", 1)]
    public string? Path { get; set; }

    [Field("verb", 2)]
    public string? Verb { get; set; }
}
