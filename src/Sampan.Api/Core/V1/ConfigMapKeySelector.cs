namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ConfigMapKeySelector", MapType = "atomic")]
public sealed partial class ConfigMapKeySelector : IApiType<ConfigMapKeySelector>
{
    [Field("name", 1, Embedded = [1], Default = "")]
    public string? Name { get; set; }

    [Field("key", 2, Required = true)]
    public string Key { get; set; } = "";

    [Field("optional", 3)]
    public bool? Optional { get; set; }
}
