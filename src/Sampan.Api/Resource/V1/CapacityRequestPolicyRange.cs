namespace Sampan.Api.Resource.V1;

/// <summary>Amounts between two bounds, in steps.</summary>
[ApiType("io.k8s.api.resource.v1.CapacityRequestPolicyRange")]
public sealed partial class CapacityRequestPolicyRange : IApiType<CapacityRequestPolicyRange>
{
    /// <summary>The smallest amount; less is rounded up to it.</summary>
    [Field("min", 1, Required = true)]
    public Quantity? Min { get; set; }

    /// <summary>The greatest amount; a request for more does not fit the device.</summary>
    [Field("max", 2)]
    public Quantity? Max { get; set; }

    /// <summary>The distance between amounts, counted from the smallest; others are rounded up.</summary>
    [Field("step", 3)]
    public Quantity? Step { get; set; }
}
