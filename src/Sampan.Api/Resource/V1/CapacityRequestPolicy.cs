namespace Sampan.Api.Resource.V1;

/// <summary>How much of a shared device's capacity a request may take.</summary>
[ApiType("io.k8s.api.resource.v1.CapacityRequestPolicy")]
public sealed partial class CapacityRequestPolicy : IApiType<CapacityRequestPolicy>
{
    /// <summary>What a request takes that asks for no amount.</summary>
    [Field("default", 1)]
    public Quantity? Default { get; set; }

    /// <summary>Amounts that may be taken, ascending; others are rounded up to the next. Not together with validRange.</summary>
    [Field("validValues", 3, ListType = "atomic")]
    public List<Quantity>? ValidValues { get; set; }

    /// <summary>The range of amounts that may be taken; not together with validValues.</summary>
    [Field("validRange", 4)]
    public CapacityRequestPolicyRange? ValidRange { get; set; }
}
