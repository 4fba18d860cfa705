namespace Sampan.Api.Resource.V1Beta2;

[ApiType("io.k8s.api.resource.v1beta2.DeviceToleration")]
public sealed partial class DeviceToleration : IApiType<DeviceToleration>
{
    [Field("key", 1)]
    public string? Key { get; set; }

    [Field("operator", 2, Default = "Equal")]
    public string? Operator { get; set; }

    [Field("value", 3)]
    public string? Value { get; set; }

    [Field("effect", 4)]
    public string? Effect { get; set; }

    [Field("tolerationSeconds", 5)]
    public long? TolerationSeconds { get; set; }
}
