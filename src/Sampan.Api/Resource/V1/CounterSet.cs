namespace Sampan.Api.Resource.V1;

[ApiType("io.k8s.api.resource.v1.CounterSet")]
public sealed partial class CounterSet : IApiType<CounterSet>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    [Field("counters", 2, Required = true)]
    public Dictionary<string, Counter> Counters { get; set; } = [];
}
