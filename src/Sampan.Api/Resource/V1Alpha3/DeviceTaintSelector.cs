namespace Sampan.Api.Resource.V1Alpha3;

[ApiType("io.k8s.api.resource.v1alpha3.DeviceTaintSelector")]
public sealed partial class DeviceTaintSelector : IApiType<DeviceTaintSelector>
{
    [Field("driver", 2, Pointer = true)]
    public string? Driver { get; set; }

    [Field("pool", 3, Pointer = true)]
    public string? Pool { get; set; }

    [Field("device", 4, Pointer = true)]
    public string? Device { get; set; }
}
