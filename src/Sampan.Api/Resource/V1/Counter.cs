namespace Sampan.Api.Resource.V1;

[ApiType("io.k8s.api.resource.v1.Counter")]
public sealed partial class Counter : IApiType<Counter>
{
    [Field("value", 1, Required = true)]
    public Quantity Value { get; set; }
}
