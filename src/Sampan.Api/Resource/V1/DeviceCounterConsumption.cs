namespace Sampan.Api.Resource.V1;

/// <summary>What a device takes of a set of shared counters.</summary>
[ApiType("io.k8s.api.resource.v1.DeviceCounterConsumption")]
public sealed partial class DeviceCounterConsumption : IApiType<DeviceCounterConsumption>
{
    /// <summary>The set's name.</summary>
    [Field("counterSet", 1, Required = true)]
    public string CounterSet { get; set; } = "";

    /// <summary>How much is taken of which counter.</summary>
    [Field("counters", 2, Required = true)]
    public Dictionary<string, Counter> Counters { get; set; } = [];
}
