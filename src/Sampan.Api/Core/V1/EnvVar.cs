namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.EnvVar")]
public sealed partial class EnvVar : IApiType<EnvVar>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    [Field("value", 2)]
    public string? Value { get; set; }

    [Field("valueFrom", 3)]
    public EnvVarSource? ValueFrom { get; set; }
}
