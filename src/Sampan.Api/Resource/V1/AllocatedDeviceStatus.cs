using Sampan.Api.Meta.V1;

namespace Sampan.Api.Resource.V1;

/// <summary>What a driver tells of a device that a claim got.</summary>
[ApiType("io.k8s.api.resource.v1.AllocatedDeviceStatus")]
public sealed partial class AllocatedDeviceStatus : IApiType<AllocatedDeviceStatus>
{
    /// <summary>The driver that the device belongs to, by its DNS name.</summary>
    [Field("driver", 1, Required = true)]
    public string Driver { get; set; } = "";

    /// <summary>The pool that the device is in.</summary>
    [Field("pool", 2, Required = true)]
    public string Pool { get; set; } = "";

    /// <summary>The device's name in its pool.</summary>
    [Field("device", 3, Required = true)]
    public string Device { get; set; } = "";

    /// <summary>Tells apart the shares of a device that several claims use at once.</summary>
    [Field("shareID", 7, Pointer = true)]
    public string? ShareID { get; set; }

    /// <summary>The driver's findings about the device, at most 8.</summary>
    [Field("conditions", 4, ListType = "map", ListKeys = ["type"])]
    public List<Condition>? Conditions { get; set; }

    /// <summary>Whatever else the driver tells, in a form of its own; at most 10 KiB.</summary>
    [Field("data", 5)]
    public RawExtension? Data { get; set; }

    /// <summary>What a network device is called and which addresses it has.</summary>
    [Field("networkData", 6)]
    public NetworkDeviceData? NetworkData { get; set; }
}
