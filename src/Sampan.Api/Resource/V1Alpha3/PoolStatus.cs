namespace Sampan.Api.Resource.V1Alpha3;

/// <summary>How many devices of a pool are free.</summary>
[ApiType("io.k8s.api.resource.v1alpha3.PoolStatus")]
public sealed partial class PoolStatus : IApiType<PoolStatus>
{
    /// <summary>The driver that the pool belongs to.</summary>
    [Field("driver", 1, Required = true, OmitEmpty = true)]
    public string Driver { get; set; } = "";

    /// <summary>The pool's name.</summary>
    [Field("poolName", 2, Required = true, OmitEmpty = true)]
    public string PoolName { get; set; } = "";

    /// <summary>The pool's generation that was counted.</summary>
    [Field("generation", 9, Required = true)]
    public long Generation { get; set; }

    /// <summary>How many slices the pool has.</summary>
    [Field("resourceSliceCount", 8)]
    public int? ResourceSliceCount { get; set; }

    /// <summary>How many devices the pool has.</summary>
    [Field("totalDevices", 4)]
    public int? TotalDevices { get; set; }

    /// <summary>How many of them claims have got.</summary>
    [Field("allocatedDevices", 5)]
    public int? AllocatedDevices { get; set; }

    /// <summary>How many of them are free.</summary>
    [Field("availableDevices", 6)]
    public int? AvailableDevices { get; set; }

    /// <summary>How many of them cannot be given, for taints for example.</summary>
    [Field("unavailableDevices", 7)]
    public int? UnavailableDevices { get; set; }

    /// <summary>The node that has the devices, where it is a single one.</summary>
    [Field("nodeName", 3, Pointer = true)]
    public string? NodeName { get; set; }

    /// <summary>What is wrong with the pool's slices, so that it could not be counted.</summary>
    [Field("validationError", 10, Pointer = true)]
    public string? ValidationError { get; set; }
}
