namespace Sampan.Api.Resource.V1Beta2;

[ApiType("io.k8s.api.resource.v1beta2.DeviceTaint")]
public sealed partial class DeviceTaint : IApiType<DeviceTaint>
{
    [Field("key", 1, Required = true)]
    public string Key { get; set; } = "";

    [Field("value", 2)]
    public string? Value { get; set; }

    [Field("effect", 3, Required = true)]
    public string Effect { get; set; } = "";

    [Field("timeAdded", 4, Pointer = true)]
    public Time? TimeAdded { get; set; }
}
