namespace Sampan.Api.Resource.V1;

/// <summary>An amount that the devices made of one piece of hardware share.</summary>
[ApiType("io.k8s.api.resource.v1.Counter")]
public sealed partial class Counter : IApiType<Counter>
{
    /// <summary>How much there is, or how much a device takes of it.</summary>
    [Field("value", 1, Required = true)]
    public Quantity Value { get; set; }
}
