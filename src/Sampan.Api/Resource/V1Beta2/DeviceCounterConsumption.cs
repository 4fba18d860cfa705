namespace Sampan.Api.Resource.V1Beta2;

[ApiType("io.k8s.api.resource.v1beta2.DeviceCounterConsumption")]
public sealed partial class DeviceCounterConsumption : IApiType<DeviceCounterConsumption>
{
    [Field("counterSet", 1, Required = true)]
    public string CounterSet { get; set; } = "";

    [Field("counters", 2, Required = true)]
    public Dictionary<string, Counter> Counters { get; set; } = [];
}
