namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.SecretKeySelector", MapType = "atomic")]
public sealed partial class SecretKeySelector : IApiType<SecretKeySelector>
{
    [Field("name", 1, Embedded = [1], Default = "")]
    public string? Name { get; set; }

    [Field("key", 2, Required = true)]
    public string Key { get; set; } = "";

    [Field("optional", 3)]
    public bool? Optional { get; set; }
}
