namespace Sampan.Api.Resource.V1Beta2;

/// <summary>Which devices get a taint; what is given has to match.</summary>
[ApiType("io.k8s.api.resource.v1beta2.DeviceTaintSelector")]
public sealed partial class DeviceTaintSelector : IApiType<DeviceTaintSelector>
{
    /// <summary>Only devices of this driver.</summary>
    [Field("driver", 2, Pointer = true)]
    public string? Driver { get; set; }

    /// <summary>Only devices of this pool.</summary>
    [Field("pool", 3, Pointer = true)]
    public string? Pool { get; set; }

    /// <summary>Only devices of this name.</summary>
    [Field("device", 4, Pointer = true)]
    public string? Device { get; set; }
}
