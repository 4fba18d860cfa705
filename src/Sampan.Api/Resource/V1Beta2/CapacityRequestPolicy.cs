namespace Sampan.Api.Resource.V1Beta2;

[ApiType("io.k8s.api.resource.v1beta2.CapacityRequestPolicy")]
public sealed partial class CapacityRequestPolicy : IApiType<CapacityRequestPolicy>
{
    [Field("default", 1)]
    public Quantity? Default { get; set; }

    [Field("validValues", 3, ListType = "atomic")]
    public List<Quantity>? ValidValues { get; set; }

    [Field("validRange", 4)]
    public CapacityRequestPolicyRange? ValidRange { get; set; }
}
