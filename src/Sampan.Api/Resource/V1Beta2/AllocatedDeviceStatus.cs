using Sampan.Api.Meta.V1;

namespace Sampan.Api.Resource.V1Beta2;

[ApiType("io.k8s.api.resource.v1beta2.AllocatedDeviceStatus")]
public sealed partial class AllocatedDeviceStatus : IApiType<AllocatedDeviceStatus>
{
    [Field("driver", 1, Required = true)]
    public string Driver { get; set; } = "";

    [Field("pool", 2, Required = true)]
    public string Pool { get; set; } = "";

    [Field("device", 3, Required = true)]
    public string Device { get; set; } = "";

    [Field("shareID", 7, Pointer = true)]
    public string? ShareID { get; set; }

    [Field("conditions", 4, ListType = "map", ListKeys = ["type"])]
    public List<Condition>? Conditions { get; set; }

    [Field("data", 5)]
    public RawExtension? Data { get; set; }

    [Field("networkData", 6)]
    public NetworkDeviceData? NetworkData { get; set; }
}
