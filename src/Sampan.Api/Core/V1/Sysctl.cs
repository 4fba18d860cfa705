namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.Sysctl")]
public sealed partial class Sysctl : IApiType<Sysctl>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    [Field("value", 2, Required = true)]
    public string Value { get; set; } = "";
}
