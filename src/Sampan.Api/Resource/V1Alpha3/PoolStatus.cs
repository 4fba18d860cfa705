namespace Sampan.Api.Resource.V1Alpha3;

[ApiType("io.k8s.api.resource.v1alpha3.PoolStatus")]
public sealed partial class PoolStatus : IApiType<PoolStatus>
{
    [Field("driver", 1, Required = true, OmitEmpty = true)]
    public string Driver { get; set; } = "";

    [Field("poolName", 2, Required = true, OmitEmpty = true)]
    public string PoolName { get; set; } = "";

    [Field("generation", 9, Required = true)]
    public long Generation { get; set; }

    [Field("resourceSliceCount", 8)]
    public int? ResourceSliceCount { get; set; }

    [Field("totalDevices", 4)]
    public int? TotalDevices { get; set; }

    [Field("allocatedDevices", 5)]
    public int? AllocatedDevices { get; set; }

    [Field("availableDevices", 6)]
    public int? AvailableDevices { get; set; }

    [Field("unavailableDevices", 7)]
    public int? UnavailableDevices { get; set; }

    [Field("nodeName", 3, Pointer = true)]
    public string? NodeName { get; set; }

    [Field("validationError", 10, Pointer = true)]
    public string? ValidationError { get; set; }
}
