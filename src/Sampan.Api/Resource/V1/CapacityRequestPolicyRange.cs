namespace Sampan.Api.Resource.V1;

[ApiType("io.k8s.api.resource.v1.CapacityRequestPolicyRange")]
public sealed partial class CapacityRequestPolicyRange : IApiType<CapacityRequestPolicyRange>
{
    [Field("min", 1, Required = true)]
    public Quantity? Min { get; set; }

    [Field("max", 2)]
    public Quantity? Max { get; set; }

    [Field("step", 3)]
    public Quantity? Step { get; set; }
}
