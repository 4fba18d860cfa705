namespace Sampan.Api.Resource.V1;

/// <summary>Counters that devices of a pool share.</summary>
[ApiType("io.k8s.api.resource.v1.CounterSet")]
public sealed partial class CounterSet : IApiType<CounterSet>
{
    /// <summary>The set's name, unique in its pool.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>The counters by name.</summary>
    [Field("counters", 2, Required = true)]
    public Dictionary<string, Counter> Counters { get; set; } = [];
}
