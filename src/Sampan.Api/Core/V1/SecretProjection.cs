namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.SecretProjection")]
public sealed partial class SecretProjection : IApiType<SecretProjection>
{
    [Field("name", 1, Embedded = [1], Default = "")]
    public string? Name { get; set; }

    [Field("items", 2, ListType = "atomic")]
    public List<KeyToPath>? Items { get; set; }

    [Field("optional", 4)]
    public bool? Optional { get; set; }
}
