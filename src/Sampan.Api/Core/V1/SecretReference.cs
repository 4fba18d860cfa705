namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.SecretReference", MapType = "atomic")]
public sealed partial class SecretReference : IApiType<SecretReference>
{
    [Field("name", 1)]
    public string? Name { get; set; }

    [Field("namespace", 2)]
    public string? Namespace { get; set; }
}
