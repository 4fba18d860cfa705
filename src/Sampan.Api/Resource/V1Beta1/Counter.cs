namespace Sampan.Api.Resource.V1Beta1;

[ApiType("io.k8s.api.resource.v1beta1.Counter")]
public sealed partial class Counter : IApiType<Counter>
{
    [Field("value", 1, Required = true)]
    public Quantity Value { get; set; }
}
